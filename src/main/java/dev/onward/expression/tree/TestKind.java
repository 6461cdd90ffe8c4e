package dev.onward.expression.tree;

/** The questions that stand behind their operand. */
public enum TestKind {
    IS_NULL("is null"),
    IS_NOT_NULL("is not null"),
    HAS_NULL("has null"),
    IS_NUMERIC("is numeric"),
    IS_INTEGER("is integer"),
    IS_DECIMAL("is decimal");

    private final String words;

    TestKind(String words) {
        this.words = words;
    }

    /** As it is written. */
    public String words() {
        return words;
    }
}
