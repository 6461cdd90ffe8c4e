package dev.onward.call.auth;

import dev.onward.secret.SecretText;

/**
 * A token that was fetched.
 *
 * @param refreshAtNanos of the engine's timer: from then on a new one is fetched beside its use
 * @param expiresAtNanos of the engine's timer: from then on it is not used
 */
record Token(SecretText text, long refreshAtNanos, long expiresAtNanos) {}
