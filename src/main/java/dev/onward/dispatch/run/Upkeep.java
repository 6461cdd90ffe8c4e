package dev.onward.dispatch.run;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Does chores again and again, one after another on one thread; one that fails is tried again at its next turn. */
public final class Upkeep {

    private static final Logger LOG = Logger.getLogger(Upkeep.class);
    private static final Duration LONGEST_LAST_CHORE = Duration.ofSeconds(5);

    private final List<Chore> chores;
    private final ScheduledExecutorService thread;

    /**
     * Something to be done.
     *
     * @param what completes "could not …"
     */
    public record Chore(String what, Duration every, Step step) {}

    /** The doing. */
    public interface Step {
        void run() throws SQLException;
    }

    /**
     * Chores that are not done before {@link #begin}.
     *
     * @param name of its thread
     */
    public Upkeep(String name, List<Chore> chores) {
        this.chores = List.copyOf(chores);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
    }

    public void begin() {
        for (Chore chore : chores) {
            var unused = thread.scheduleWithFixedDelay(
                    new Guarded(chore), 0, chore.every().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Begins no chore any more; one that is under way has five seconds. */
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST_LAST_CHORE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells of the first failure of a row only: an absent database would fill the operator's log. */
    private static final class Guarded implements Runnable {

        private final Chore chore;
        private boolean failing;

        private Guarded(Chore chore) {
            this.chore = chore;
        }

        @Override
        public void run() {
            try {
                chore.step().run();
                failing = false;
            } catch (SQLException | RuntimeException | Error failure) {
                // Whatever it was: a chore that throws is never done again.
                if (!failing) {
                    LOG.warnf("could not %s, it is tried again: %s", chore.what(), failure);
                    LOG.debug("why", failure);
                }
                failing = true;
            }
        }
    }
}
