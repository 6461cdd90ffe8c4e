package dev.onward.access;

import dev.onward.value.Digests;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The text that a client sends as its key. Only its digest is stored: the text has 256 random bits, so a plain SHA-256
 * cannot be reversed by guessing.
 */
final class KeySecret {

    private static final String PREFIX = "onw_";
    private static final int RANDOM_BYTES = 32;

    private KeySecret() {}

    /** A fresh key. */
    static String generate(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What is stored and looked up: 64 hexadecimal digits. */
    static String digest(String key) {
        return Digests.sha256(key);
    }
}
