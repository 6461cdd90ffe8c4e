package dev.onward.invocation;

import dev.onward.value.IssueCode;

/** What the mapping of an answer may note; none of it fails a call. Each text is the smallest cause. */
enum ResponseIssue implements IssueCode {
    /** A 204 where the definition shows a response sample. */
    RESPONSE_EMPTY,
    /** A body of HTML where the definition shows a response sample. */
    RESPONSE_NOT_JSON
}
