package dev.onward.secret;

import java.security.SecureRandom;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;

/** Stores of secrets for tests of their users. */
public final class TestSecrets {

    private static final String RING = "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private TestSecrets() {}

    /** A store under a key that everybody knows. */
    public static Secrets in(Jdbi jdbi) {
        KeyRing ring = KeyRing.parse(RING);
        return new Secrets(jdbi, new Sealer(ring, new SecureRandom()), ring, Clock.systemUTC());
    }
}
