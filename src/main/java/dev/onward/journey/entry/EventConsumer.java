package dev.onward.journey.entry;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.database.Database;
import dev.onward.database.DatabaseFailure;
import dev.onward.dispatch.StepCalls;
import dev.onward.journey.entry.EventStore.Stored;
import dev.onward.journey.entry.TroubledEvents.Trouble;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.JsonBuffer;
import dev.onward.value.Times;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Looks at accepted events, on a thread of its own, and begins what they begin in the transaction that takes them: an event
 * is looked at once, whoever dies when. Thread-safe.
 */
@ApplicationScoped
class EventConsumer implements EventArrivals {

    private static final Logger LOG = Logger.getLogger(EventConsumer.class);
    private static final int MOST = 200;

    /** Every arrival is told: these are looks for what is tried again, had no room, or was left by another process. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(500);
    private static final Duration ROOM = Duration.ofSeconds(1);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    /** Of the observer of the start: after the log and the queue of calls. */
    private static final int BEGINS = 1_200;

    /** Of the observer of the stop: before the queue of calls ends. */
    private static final int ENDS = 800;

    private final Database database;
    private final EventStore store;
    private final TroubledEvents troubled;
    private final Entries entries;
    private final StepCalls calls;
    private final Clock clock;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "onward-journey-consumer");
    private Instant looked = Instant.EPOCH;
    private Set<Sandbox> full = Set.of();
    private volatile boolean closing;

    EventConsumer(
            Database database,
            EventStore store,
            TroubledEvents troubled,
            Entries entries,
            StepCalls calls,
            Clock clock) {
        this.database = database;
        this.store = store;
        this.troubled = troubled;
        this.entries = entries;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public void arrived() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    void begin(@Observes @Priority(BEGINS) StartupEvent start) {
        thread.start();
    }

    /** Takes no more events; returns when the last ones are looked at. */
    void end(@Observes @Priority(ENDS) ShutdownEvent stop) {
        closing = true;
        arrived();
        try {
            thread.join(LONGEST_LOOK.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closing) {
                boolean more = look();
                if (!more && woken.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    woken.drainPermits();
                }
            }
        } catch (InterruptedException closed) {
            LOG.debug("events that were not looked at are in the database", closed);
        }
    }

    /** Whether there may be more at once. */
    private boolean look() throws InterruptedException {
        Instant now = clock.instant();
        boolean isSetBack = now.isBefore(looked);
        if (isSetBack || looked.plus(ROOM).isBefore(now)) {
            looked = now;
            full = full();
        }
        if (full.isEmpty()) {
            return look(Optional.empty());
        }
        boolean more = false;
        for (Sandbox sandbox : store.sandboxes()) {
            more |= !full.contains(sandbox) && look(Optional.of(sandbox));
        }
        return more;
    }

    private boolean look(Optional<Sandbox> of) throws InterruptedException {
        try {
            return take(of, MOST) > 0;
        } catch (SQLException | RuntimeException | Error failure) {
            // The thread must go on whatever happens: nobody else looks at events.
            LOG.warnf("events could not be looked at, they are tried again: %s", failure);
            LOG.debug("why", failure);
            TimeUnit.MILLISECONDS.sleep(AFTER_A_FAILURE.toMillis());
            return alone(of);
        }
    }

    /** Sandboxes whose calls have no room any more are left alone: their events wait here. */
    private Set<Sandbox> full() {
        return store.sandboxes().stream()
                .filter(sandbox -> !calls.hasRoom(sandbox))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** After a failure each on its own, so that one event holds up no other. */
    private boolean alone(Optional<Sandbox> of) {
        for (int i = 0; i < MOST && !closing; i++) {
            List<Long> chosen = new ArrayList<>();
            try {
                if (takeOne(of, chosen) == 0) {
                    return false;
                }
            } catch (SQLException | RuntimeException | Error failure) {
                if (chosen.isEmpty() || DatabaseFailure.isUnavailable(failure) || !putOff(chosen.get(0), failure)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** False when not even that works: the database is away, or has no room. */
    private boolean putOff(long sequence, Throwable failure) {
        try {
            troubled.putOff(sequence, clock.instant()).ifPresent(trouble -> tell(trouble, failure));
            return true;
        } catch (RuntimeException | Error another) {
            LOG.error("an event cannot be looked at", failure);
            LOG.warnf("it cannot be put off either, it is tried again at once: %s", another);
            return false;
        }
    }

    private static void tell(Trouble trouble, Throwable failure) {
        String what = "the event %s of the sandbox %s could not be looked at, try %d; it is %s"
                .formatted(
                        // As JSON, which has no line breaks.
                        JsonBuffer.textOf(TextNode.valueOf(trouble.eventId())),
                        trouble.sandbox().name(),
                        trouble.tries(),
                        trouble.next()
                                .map(next -> "tried again at " + Times.text(next))
                                .orElse("set aside until POST /api/v1/events/set-aside/retry"));
        LOG.error(what, failure);
    }

    private int take(Optional<Sandbox> of, int most) throws SQLException {
        return begin(handle -> store.take(handle, clock.instant(), of, most));
    }

    /** @param chosen gets the place of the event that is tried */
    private int takeOne(Optional<Sandbox> of, List<Long> chosen) throws SQLException {
        return begin(handle -> {
            store.lockFirst(handle, clock.instant(), of).ifPresent(chosen::add);
            return chosen.isEmpty() ? List.of() : store.take(handle, chosen.get(0));
        });
    }

    /** Begins what events begin, in the transaction that takes them; gives how many there were. */
    private int begin(Function<Handle, List<Stored>> taking) throws SQLException {
        List<Runnable> afterwards = new ArrayList<>();
        int taken = database.jdbi().inTransaction(handle -> {
            List<Stored> events = taking.apply(handle);
            if (!events.isEmpty()) {
                afterwards.add(entries.begin(handle, events));
            }
            return events.size();
        });
        afterwards.forEach(Runnable::run);
        return taken;
    }
}
