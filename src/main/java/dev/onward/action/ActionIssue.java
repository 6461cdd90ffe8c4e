package dev.onward.action;

import dev.onward.value.IssueCode;

/** What can be wrong with a definition, beyond wrong members and types. Each text is the smallest cause. */
public enum ActionIssue implements IssueCode {
    /** {@code "method": "GET"} with {@code request.payload}. */
    PAYLOAD_NOT_ALLOWED,
    /** {@code "parameters": {"a-b": …}}, or a field name with a dot or a leading dollar sign. */
    NAME_INVALID,
    /** A {@code default} that is not of the parameter's type. */
    DEFAULT_INVALID,
    /** {@code "fields"} on a parameter that is neither {@code object} nor {@code listObject}. */
    FIELDS_NOT_ALLOWED,
    /** {@code "name": "A"} in a PUT of action B. */
    NAME_MISMATCH,
    /** {@code "redact": ["to"]}: a JSON pointer begins with a slash. */
    POINTER_INVALID,
    /** {@code "response": {"headers": {"Set-Cookie": "cookie"}}}: the value of a secret header is never shown. */
    SECRET_HEADER,
    /** {@code "response": {"payload": {"a": 1}, "headers": {"ETag": "a"}}}: the field has a value already. */
    FIELD_TAKEN,
    /** {@code "response": {"payload": [1], "headers": {"ETag": "tag"}}}: a list has no field for the header. */
    SAMPLE_NOT_OBJECT,
    /** A warning: a declared parameter that no placeholder uses. */
    PARAMETER_UNUSED,
    /** A warning: {@code "Authorization": "Bearer x"} as a constant, readable for every viewer. */
    SECRET_IN_PLAIN_TEXT,
    /** A pointer of {@code variables} that leads nowhere in the sample. */
    VARIABLE_NOT_FOUND,
    /** A pointer of {@code variables} below another one, or into an array that is listed itself. */
    VARIABLE_OVERLAPS
}
