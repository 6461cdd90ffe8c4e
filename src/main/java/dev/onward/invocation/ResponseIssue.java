package dev.onward.invocation;

import dev.onward.value.IssueCode;

/** What the mapping of an answer may note; none of it fails a call. Each text is the smallest cause. */
enum ResponseIssue implements IssueCode {
    /** A 204 where the definition shows a response sample. */
    RESPONSE_EMPTY,
    /** {@code OK} where the definition shows a response sample. */
    RESPONSE_NOT_JSON,
    /** {@code Content-Type: text/html} where the definition shows a response sample: the body is not looked at. */
    RESPONSE_CONTENT_TYPE,
    /** {@code Content-Encoding: gzip}, which no request asks for: the body is not looked at. */
    RESPONSE_CONTENT_ENCODING
}
