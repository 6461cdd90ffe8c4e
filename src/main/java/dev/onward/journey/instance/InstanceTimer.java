package dev.onward.journey.instance;

import dev.onward.database.Database;
import dev.onward.database.DatabaseFailure;
import dev.onward.dispatch.run.Upkeep;
import dev.onward.dispatch.run.Upkeep.Chore;
import dev.onward.journey.definition.JourneyConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Moves instances on whose time has come, beside any number of other processes that do the same. Thread-safe. */
@ApplicationScoped
class InstanceTimer {

    private static final Logger LOG = Logger.getLogger(InstanceTimer.class);

    private static final int BEGINS = 1_200;
    private static final int ENDS = 800;
    private static final int MOST = 200;
    private static final int MOST_RELEASED = 5_000;
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LOOK_AT_MOST = Duration.ofSeconds(1);
    private static final Duration RELEASE = Duration.ofSeconds(1);
    private static final Duration RELEASE_AT_MOST = Duration.ofSeconds(2);
    private static final Duration FORGET = Duration.ofSeconds(5);
    private static final Duration AFTER_A_FAULT = Duration.ofMinutes(1);

    private final Database database;
    private final Instances instances;
    private final Upkeep upkeep;
    private final Duration retention;
    private final Clock clock;
    private volatile boolean closing;

    InstanceTimer(Database database, Instances instances, JourneyConfig config, Clock clock) {
        this.database = database;
        this.retention = config.retention().orElse(JourneyConfig.DEFAULT_RETENTION);
        this.clock = clock;
        this.instances = instances;
        this.upkeep = new Upkeep(
                "onward-journey-timer",
                List.of(
                        new Chore("move instances on that are due", LOOK, LOOK_AT_MOST, this::resume),
                        new Chore(
                                "release instances that nothing holds any more",
                                RELEASE,
                                RELEASE_AT_MOST,
                                this::release),
                        new Chore("forget instances that ended long ago", FORGET, this::forget)));
    }

    void begin(@Observes @Priority(BEGINS) StartupEvent start) {
        upkeep.begin();
    }

    void end(@Observes @Priority(ENDS) ShutdownEvent stop) {
        closing = true;
        upkeep.close();
    }

    /** Whether there were any. */
    private boolean resume() throws SQLException {
        boolean any = false;
        boolean more = true;
        while (more && !closing) {
            try {
                more = resume(MOST);
            } catch (SQLException | RuntimeException failure) {
                if (DatabaseFailure.isUnavailable(failure)) {
                    throw failure;
                }
                LOG.warnf("instances could not be moved on together, they are one by one: %s", failure);
                any = true;
                more = resumeAlone();
            }
            any |= more;
        }
        return any;
    }

    /** After a failure each on its own, so that one instance holds up no other. */
    private boolean resumeAlone() throws SQLException {
        for (int i = 0; i < MOST && !closing; i++) {
            try {
                if (!resume(1)) {
                    return false;
                }
            } catch (SQLException | RuntimeException failure) {
                if (DatabaseFailure.isUnavailable(failure)) {
                    throw failure;
                }
                LOG.error("an instance cannot be moved on, it is tried again in a minute", failure);
                database.jdbi().useTransaction(handle -> instances.putOff(handle, AFTER_A_FAULT));
            }
        }
        return true;
    }

    private boolean resume(int most) throws SQLException {
        Optional<Runnable> afterwards = database.jdbi().inTransaction(handle -> instances.resume(handle, most));
        afterwards.ifPresent(Runnable::run);
        return afterwards.isPresent();
    }

    private void forget() {
        Instant before = clock.instant().minus(retention);
        database.jdbi().useTransaction(handle -> instances.forget(handle, before, MOST_RELEASED));
    }

    /** Whether there were any. */
    private boolean release() {
        return database.jdbi().inTransaction(handle -> instances.release(handle, MOST_RELEASED)) > 0;
    }
}
