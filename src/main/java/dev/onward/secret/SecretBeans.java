package dev.onward.secret;

import dev.onward.database.DataDirectory;
import dev.onward.database.DatabaseConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Puts the store of secrets together, once the keys are known to be the right ones. */
final class SecretBeans {

    private static final Logger LOG = Logger.getLogger(SecretBeans.class);
    private static final int EARLY = 100;

    @Produces
    @Singleton
    Secrets secrets(SecretConfig config, DatabaseConfig database, DataDirectory directory, Jdbi jdbi, Clock clock) {
        SecureRandom random = new SecureRandom();
        KeyRing ring = KeySource.ring(config, database, directory, random);
        new KeyRegistry(jdbi).admit(ring);
        return new Secrets(jdbi, new Sealer(ring, random), ring, clock);
    }

    /** Keys that cannot be used stop the start; older ones are made superfluous beside the work. */
    void start(@Observes @Priority(EARLY) StartupEvent event, Secrets secrets, ManagedExecutor executor) {
        executor.execute(() -> rewrap(secrets));
    }

    private static void rewrap(Secrets secrets) {
        try {
            int count = secrets.rewrap();
            if (count > 0) {
                LOG.infof("%d secrets are sealed under the first key now", count);
            }
        } catch (RuntimeException fault) {
            LOG.error("the secrets could not all be sealed under the first key; the next start tries again", fault);
        }
    }
}
