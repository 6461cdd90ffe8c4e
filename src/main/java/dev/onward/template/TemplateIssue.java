package dev.onward.template;

import dev.onward.value.IssueCode;

/** What can be wrong with a template. Each constant's text is the smallest input that causes it. */
public enum TemplateIssue implements IssueCode {
    /** {@code "${nmae}"} where only {@code name} is declared. */
    UNKNOWN_PARAMETER,
    /** {@code "${product.prize}"} where the product's only declared field is {@code price}. */
    UNKNOWN_FIELD,
    /** {@code "${name.first}"} where {@code name} is a string. */
    NO_FIELDS,
    /** {@code "${count.size}"} where {@code count} is an integer. */
    NO_SIZE,
    /** {@code "${a..b}"} */
    PATH_MALFORMED,
    /** {@code "${}"} */
    PLACEHOLDER_EMPTY,
    /** <code>"${name"</code> */
    PLACEHOLDER_UNCLOSED,
    /** {@code [{"$each": "products"}]} */
    EACH_MALFORMED,
    /** {@code {"$each": "p in products", "id": "${p.id}"}}: not inside an array, or not its only element. */
    EACH_MISPLACED,
    /** {@code [{"$each": "x in name", "a": 1}]} where {@code name} is a string; or {@code any} and no list arrives. */
    EACH_NEEDS_LIST,
    /** {@code [{"$each": "name in names", "a": 1}]} where {@code name} is a parameter too. */
    LOOP_VARIABLE_TAKEN,
    /** {@code {"a.b": 1}} or {@code {"$a": 1}} */
    MEMBER_NAME_REFUSED,
    /** {@code {"a": {"b": 1}}} in a form, which has names and values only; or an object arrives where one is sent. */
    FORM_NOT_FLAT,
    /** {@code {"a": "\\ud800"}} in a form: half a surrogate pair, which no percent-encoding can carry. */
    FORM_TEXT_INVALID,
    /** {@code 7} where a header or query value, which is text, is asked for. */
    TEXT_EXPECTED,
    /** A template of 65,537 bytes. */
    TEMPLATE_TOO_LARGE,
    /** A template with 501 placeholders. */
    TOO_MANY_PLACEHOLDERS,
    /** Arguments that make the document longer than 1,048,576 bytes; only told while rendering. */
    RESULT_TOO_LARGE
}
