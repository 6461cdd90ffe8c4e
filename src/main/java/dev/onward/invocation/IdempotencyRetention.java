package dev.onward.invocation;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/** Forgets idempotency keys that are older than a week, hourly. Several processes may do it at once. */
@ApplicationScoped
class IdempotencyRetention {

    private static final Logger LOG = Logger.getLogger(IdempotencyRetention.class);
    private static final Duration KEPT = Duration.ofDays(7);
    private static final int AFTER_THE_DATABASE = 1_000;

    private final IdempotencyStore store;
    private final Clock clock;
    private final ScheduledExecutorService hourly = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "onward-idempotency-retention");
        thread.setDaemon(true);
        return thread;
    });

    IdempotencyRetention(IdempotencyStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    void start(@Observes @Priority(AFTER_THE_DATABASE) StartupEvent event) {
        var unused = hourly.scheduleWithFixedDelay(this::forget, 0, 1, TimeUnit.HOURS);
    }

    void end(@Observes @Priority(AFTER_THE_DATABASE) ShutdownEvent event) {
        hourly.shutdownNow();
    }

    private void forget() {
        try {
            store.forgetBefore(clock.instant().minus(KEPT));
        } catch (JdbiException unavailable) {
            LOG.warnf("old idempotency keys stay for another hour: %s", unavailable.getMessage());
        }
    }
}
