package dev.onward.call.auth;

import dev.onward.egress.Header;

/** One thing that authentication adds to a request. */
sealed interface Addition {

    /** A header; it takes the place of one of the same name. */
    record OfHeader(Header header) implements Addition {}

    /** A query parameter behind those that are there. */
    record OfQuery(String name, String value) implements Addition {}
}
