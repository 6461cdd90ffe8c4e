package dev.onward.expression.tree;

/** The operators between two operands. */
public enum Operator {
    OR("or"),
    AND("and"),
    EQUAL("=="),
    NOT_EQUAL("!="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    REMAINDER("%");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    /** Operators of one level stand in one {@link Node.Chain}; a lower level binds weaker. */
    public Level level() {
        return switch (this) {
            case OR -> Level.OR;
            case AND -> Level.AND;
            case EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> Level.COMPARISON;
            case ADD, SUBTRACT -> Level.ADDITIVE;
            case MULTIPLY, DIVIDE, REMAINDER -> Level.MULTIPLICATIVE;
        };
    }
}
