package dev.onward.call.auth;

import dev.onward.secret.SecretText;

/** One way to prove who sends a request. Immutable. */
public sealed interface Authentication {

    /** Nothing is added. */
    record None() implements Authentication {}

    /** RFC 7617. {@code username} has no colon. */
    record Basic(String username, SecretText password) implements Authentication {}

    /** A fixed value at a named place. */
    record ApiKey(TokenTarget target, SecretText value) implements Authentication {}

    /** RFC 6750, with a token that somebody made by hand. */
    record Bearer(SecretText token) implements Authentication {}

    /** A token that is fetched, kept until it expires, and put at a place. */
    record Token(TokenRequest request, TokenTarget target) implements Authentication {}

    /** A message authentication code of every single request. */
    record Signature(SignatureScheme scheme, SecretText secret, String header) implements Authentication {}
}
