package dev.onward.call.http;

import dev.onward.egress.Scheme;

/** What kinds of HTTP client there are. A connection belongs to one of them. */
enum ClientKind {
    /** HTTP/1.1 in clear text; connections are kept. */
    CLEAR_TEXT,
    /** TLS; HTTP/2 where the peer chooses it by ALPN, else HTTP/1.1; connections are kept. */
    TLS,
    /** HTTP/1.1 in clear text or TLS; a connection for every request, closed afterwards. */
    SINGLE_USE;

    static ClientKind keeping(Scheme scheme) {
        return scheme == Scheme.HTTPS ? TLS : CLEAR_TEXT;
    }
}
