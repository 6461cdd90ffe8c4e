package dev.onward.expression.signature;

import java.util.Locale;

/** What functions are about. */
public enum Group {
    AGGREGATION,
    AUDIENCE,
    CONVERSION,
    DATE,
    LIST,
    MATH,
    STRING;

    /** {@code aggregation} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
