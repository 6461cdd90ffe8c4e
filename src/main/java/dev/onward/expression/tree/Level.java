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
    PRIMARY
}
