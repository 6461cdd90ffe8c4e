package dev.onward.value;

/** What can be wrong with a value in a document. Each constant's text is the smallest input that causes it. */
public enum ValueIssue implements IssueCode {
    /** {@code {"nmae": "x"}} where {@code name} is a member and {@code nmae} is none. */
    UNKNOWN_MEMBER,
    /** {@code {"name": 7}} where text is asked for. */
    WRONG_TYPE,
    /** {@code {}} where {@code name} is required. */
    MISSING,
    /** {@code {"maxRetries": 11}} where 0 to 10 is allowed. */
    OUT_OF_RANGE,
    /** {@code {"delivery": "never"}} where the values are listed. */
    NOT_ALLOWED,
    /** {@code {"timeout": "10 seconds"}} where an ISO-8601 duration is asked for. */
    BAD_FORMAT
}
