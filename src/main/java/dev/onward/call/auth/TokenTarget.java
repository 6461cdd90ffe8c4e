package dev.onward.call.auth;

import dev.onward.egress.Header;

/** Where a key or a token stands in a request. */
public sealed interface TokenTarget {

    /** {@code Authorization: Bearer <token>}. */
    record BearerHeader() implements TokenTarget {}

    /** A header that holds just the value. */
    record NamedHeader(String name) implements TokenTarget {}

    /** A query parameter. */
    record QueryParameter(String name) implements TokenTarget {}

    /** What the value adds to a request. */
    default Addition addition(String value) {
        if (this instanceof NamedHeader named) {
            return new Addition.OfHeader(new Header(named.name(), value));
        }
        if (this instanceof QueryParameter parameter) {
            return new Addition.OfQuery(parameter.name(), value);
        }
        return new Addition.OfHeader(new Header("Authorization", "Bearer " + value));
    }
}
