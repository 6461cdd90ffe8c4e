package dev.onward.secret;

import java.security.SecureRandom;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;

/** Stores of secrets for tests of their users. */
public final class TestSecrets {

    private static final String RING = "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final String NEWER = "newer:HhwaGBYUEhAODAoIBgQCAAECAwQFBgcICQoLDA0ODxA=";

    private TestSecrets() {}

    /** A store under a key that everybody knows. */
    public static Secrets in(Jdbi jdbi) {
        return in(jdbi, RING);
    }

    /** A store that seals under a newer key, and opens what was sealed under the other. */
    public static Secrets rotated(Jdbi jdbi) {
        return in(jdbi, NEWER + "," + RING);
    }

    /** A store without the key that everybody knows, but with the newer one. */
    public static Secrets retired(Jdbi jdbi) {
        return in(jdbi, NEWER);
    }

    private static Secrets in(Jdbi jdbi, String keys) {
        KeyRing ring = KeyRing.parse(keys);
        return new Secrets(jdbi, new Sealer(ring, new SecureRandom()), ring, Clock.systemUTC());
    }
}
