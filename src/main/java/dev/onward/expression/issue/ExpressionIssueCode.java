package dev.onward.expression.issue;

import dev.onward.value.IssueCode;

/** What can be wrong with an expression. Each constant's text is the smallest source that causes it. */
public enum ExpressionIssueCode implements IssueCode {
    /** A blank source. */
    EXPRESSION_EMPTY,
    /** A source of 16,385 bytes in UTF-8. */
    EXPRESSION_TOO_LONG,
    /** 65 opening parentheses in a row. */
    NESTING_TOO_DEEP,
    /** {@code "abc} */
    STRING_UNCLOSED,
    /** {@code "\d"} */
    ESCAPE_UNKNOWN,
    /** {@code (1} */
    BRACKET_UNCLOSED,
    /** {@code 1)} */
    BRACKET_UNEXPECTED,
    /** {@code 1 ? 2} */
    CHARACTER_UNEXPECTED,
    /** {@code 1 +} or {@code true AND false} */
    SYNTAX,
    /** {@code 9223372036854775808} */
    INTEGER_OUT_OF_RANGE,
    /** {@code 1} followed by 400 digits and {@code .0} */
    DECIMAL_OUT_OF_RANGE,
    /** {@code uper("a")} */
    UNKNOWN_FUNCTION,
    /** {@code profielId} */
    UNKNOWN_NAME,
    /** <code>@event{o.items.al()}</code> */
    UNKNOWN_COLLECTION_FUNCTION,
    /** <code>@event{}</code> */
    REFERENCE_EMPTY,
    /** <code>@event{o.id, default: 1}</code> */
    UNKNOWN_OPTION,
    /** <code>@event{o.id, defaultValue: 1, defaultValue: 2}</code> */
    OPTION_REPEATED,
    /** <code>@event{o.prcie}</code> where {@code price} is known: a warning, more fields may exist. */
    UNKNOWN_FIELD,
    /** {@code currentEventField.price} outside of a collection's condition, or inside one of a data source. */
    LOOP_VARIABLE_MISPLACED,
    /** {@code upper()} */
    WRONG_ARITY,
    /** {@code upper(1)} */
    WRONG_TYPE,
    /** {@code 3 * 4.0} */
    MIXED_NUMBERS,
    /** {@code "a" < "b"} */
    NOT_COMPARABLE,
    /** {@code if (true) then (1) else ("a")} */
    BRANCHES_DIFFER,
    /** {@code [1, "a"]} */
    ITEMS_DIFFER,
    /** <code>@event{o.price, defaultValue: "a"}</code> where {@code price} is an integer. */
    DEFAULT_DIFFERS,
    /** {@code 1 == null} */
    NULL_MISPLACED,
    /** <code>now(@event{o.zone})</code> */
    CONSTANT_NEEDED,
    /** {@code date("2021-02-30")} */
    DATE_INVALID,
    /** {@code now("Europe/Pari")} */
    UNKNOWN_TIME_ZONE,
    /** {@code nowWithDelta(1, "weeks")} */
    UNKNOWN_UNIT,
    /** {@code matchRegExp("a", "(")} */
    PATTERN_INVALID,
    /** {@code matchRegExp("a", "((a{100}){100}){100}")} */
    PATTERN_TOO_COMPLEX,
    /** {@code 1 / 0}: a warning, the result is 0. */
    DIVISION_BY_ZERO,
    /** {@code 3 == "3"}: a warning, it is always false. */
    NEVER_EQUAL,
    /** <code>#{Weather.Now.rain, params: {city: "Paris"}}</code>: a warning, nothing asks a data source. */
    PARAMS_UNUSED,
    /** {@code 9223372036854775807 + 1} */
    INTEGER_OVERFLOW,
    /** A product of decimals beyond what a double holds. */
    DECIMAL_OVERFLOW,
    /** {@code setHours(now(), 25)}, or a date beyond the year 9999. */
    TIME_OUT_OF_RANGE,
    /** {@code substr("abc", 2, 1)}, or {@code limit([1], -1)}. */
    INDEX_OUT_OF_RANGE,
    /** A list of 100,001 items. */
    LIST_TOO_LONG,
    /** A text of 1,048,577 characters. */
    TEXT_TOO_LONG,
    /** An evaluation of more than 1,000,000 steps. */
    BUDGET_EXHAUSTED
}
