package dev.onward.dispatch.run;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Does chores again and again, one after another on one thread; one that fails is tried again at its next turn. */
public final class Upkeep {

    private static final Logger LOG = Logger.getLogger(Upkeep.class);
    private static final Duration LONGEST_LAST_CHORE = Duration.ofSeconds(5);

    private final List<Chore> chores;
    private final ScheduledThreadPoolExecutor thread;

    /**
     * Something to be done.
     *
     * @param what completes "could not …"
     * @param every the time between two turns while there is something to do
     * @param atMost the same while there is nothing: up to it the time doubles with each turn in vain, so that an idle
     *     process and its database rest
     */
    public record Chore(String what, Duration every, Duration atMost, Look look) {

        public Chore {
            if (every.isNegative() || every.isZero() || atMost.compareTo(every) < 0) {
                throw new IllegalArgumentException(
                        "the time between two turns must be above zero, and at most that while there is nothing to do;"
                                + " found %s and %s".formatted(every, atMost));
            }
        }

        /** Something to be done at the same interval always. */
        public Chore(String what, Duration every, Step step) {
            this(what, every, every, () -> {
                step.run();
                return true;
            });
        }

        /** How long to wait after a turn that came so long after the one before. */
        Duration pauseAfter(Duration before, boolean found) {
            Duration doubled = before.multipliedBy(2);
            if (found) {
                return every;
            }
            return doubled.compareTo(atMost) < 0 ? doubled : atMost;
        }
    }

    /** The doing. */
    public interface Step {
        void run() throws SQLException;
    }

    /** The doing of what there is to do. */
    public interface Look {

        /** Whether there was anything. */
        boolean run() throws SQLException;
    }

    /**
     * Chores that are not done before {@link #begin}.
     *
     * @param name of its thread
     */
    public Upkeep(String name, List<Chore> chores) {
        this.chores = List.copyOf(chores);
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread made = new Thread(task, name);
                    made.setDaemon(true);
                    return made;
                },
                // A chore that ends while the thread is closed has no next turn.
                new ThreadPoolExecutor.DiscardPolicy());
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    public void begin() {
        for (Chore chore : chores) {
            thread.execute(new Guarded(chore));
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
    private final class Guarded implements Runnable {

        private final Chore chore;
        private Duration pause;
        private boolean failing;

        private Guarded(Chore chore) {
            this.chore = chore;
            this.pause = chore.every();
        }

        @Override
        public void run() {
            pause = chore.pauseAfter(pause, look());
            var unused = thread.schedule(this, pause.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** Whether there was anything to do, as far as is known: a failure tells nothing of that. */
        private boolean look() {
            try {
                boolean found = chore.look().run();
                failing = false;
                return found;
            } catch (SQLException | RuntimeException | Error failure) {
                // Whatever it was: a chore that throws is never done again.
                if (!failing) {
                    LOG.warnf("could not %s, it is tried again: %s", chore.what(), failure);
                    LOG.debug("why", failure);
                }
                failing = true;
                return true;
            }
        }
    }
}
