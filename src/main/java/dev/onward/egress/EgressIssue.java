package dev.onward.egress;

import dev.onward.value.IssueCode;

/** What can be wrong with where a call goes and with its headers. Each constant's text is the smallest input. */
public enum EgressIssue implements IssueCode {
    /** {@code https://127.1/}: no URL, or one that two parsers read in two ways. */
    URL_INVALID,
    /** {@code file:///etc/passwd}, or {@code http://example.com/} where only https is allowed. */
    SCHEME_REFUSED,
    /** {@code https://example.com:22/} where 443 and 80 are allowed. */
    PORT_REFUSED,
    /** {@code https://127.0.0.1/} or {@code https://localhost/}. */
    DESTINATION_REFUSED,
    /** {@code {"X-Tenant": "a\r\nb"}}. */
    HEADER_INVALID,
    /** {@code {"Content-Length": "0"}}. */
    HEADER_RESERVED,
    /** {@code {"X-Tenant": "a", "x-tenant": "b"}}. */
    HEADER_DUPLICATE,
    /** The 33rd header, one of more than 4 KiB, or more than 16 KiB of headers together. */
    HEADER_LIMIT,
    /** {@code {"path": "../admin"}}. */
    PATH_INVALID,
    /** {@code {"query": {"$filter": "x"}}}. */
    QUERY_INVALID
}
