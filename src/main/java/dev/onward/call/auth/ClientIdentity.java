package dev.onward.call.auth;

import dev.onward.secret.SecretText;

/**
 * A certificate and its key, for providers that ask for one in the TLS handshake.
 *
 * @param key names it and its version: connections are shared by calls of the same identity alone
 * @param certificate PEM, the leaf first
 * @param privateKey PEM, PKCS#8
 */
public record ClientIdentity(String key, String certificate, SecretText privateKey) {}
