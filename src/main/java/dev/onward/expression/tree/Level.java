package dev.onward.expression.tree;

/** How tightly a part of an expression binds, the weakest first. */
public enum Level {
    CONDITIONAL,
    OR,
    AND,
    NOT,
    COMPARISON,
    TEST,
    ADDITIVE,
    MULTIPLICATIVE,
    SIGNED,
    PRIMARY;

    /** The level that an operand must have at least to stand beside an operator of this level without brackets. */
    public Level tighter() {
        return switch (this) {
            case CONDITIONAL -> OR;
            case OR -> AND;
            case AND -> NOT;
            case NOT -> COMPARISON;
            case COMPARISON -> TEST;
            case TEST -> ADDITIVE;
            case ADDITIVE -> MULTIPLICATIVE;
            case MULTIPLICATIVE -> SIGNED;
            case SIGNED, PRIMARY -> PRIMARY;
        };
    }
}
