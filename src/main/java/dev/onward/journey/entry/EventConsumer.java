package dev.onward.journey.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.database.Database;
import dev.onward.database.DatabaseFailure;
import dev.onward.dispatch.StepCalls;
import dev.onward.expression.evaluation.Scope;
import dev.onward.expression.issue.ExpressionException;
import dev.onward.journey.definition.JourneyState;
import dev.onward.journey.entry.EventStore.Stored;
import dev.onward.journey.instance.Instances;
import dev.onward.journey.instance.Instances.Admission;
import dev.onward.journey.instance.Instances.Arrival;
import dev.onward.journey.instance.Instances.Begun;
import dev.onward.journey.mapping.RouteCatalogue;
import dev.onward.journey.mapping.RouteCatalogue.Known;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.StrictJson;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Looks at accepted events, on a thread of its own, and begins what they begin in the transaction that takes them: an event
 * is looked at once, whoever dies when. Thread-safe.
 */
@ApplicationScoped
class EventConsumer {

    private static final Logger LOG = Logger.getLogger(EventConsumer.class);
    private static final int MOST = 200;
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration COUNT = Duration.ofSeconds(1);
    private static final Duration AFTER_A_FAULT = Duration.ofMinutes(1);
    private static final int MOST_FORGOTTEN = 20_000;

    private final Database database;
    private final EventStore store;
    private final RouteCatalogue routes;
    private final Instances instances;
    private final StepCalls calls;
    private final Clock clock;
    private final Map<Result, Counter> results = new EnumMap<>(Result.class);
    private final RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    private final Semaphore woken = new Semaphore(0);
    private Thread thread = new Thread();
    private Instant counted = Instant.EPOCH;
    private Set<String> full = Set.of();
    private volatile boolean closing;

    /** What becomes of an event at a journey. */
    private enum Result {
        BEGUN("begun"),
        ALREADY_IN_JOURNEY("already-in-journey"),
        TOO_SOON("re-entered-too-soon"),
        NOT_ADMITTED("condition-false"),
        NO_PROFILE("no-profile-id"),
        FAULTY("expression-failed"),
        PAUSED("journey-paused"),
        /** No journey in force begins with it. */
        DISCARDED("discarded");

        private final String tag;

        Result(String tag) {
            this.tag = tag;
        }
    }

    EventConsumer(
            Database database,
            EventStore store,
            RouteCatalogue routes,
            Instances instances,
            StepCalls calls,
            Clock clock,
            MeterRegistry meters) {
        this.database = database;
        this.store = store;
        this.routes = routes;
        this.instances = instances;
        this.calls = calls;
        this.clock = clock;
        for (Result result : Result.values()) {
            results.put(
                    result,
                    Counter.builder("onward.journey.arrivals")
                            .description("What became of events at the journeys that they begin")
                            .tag("result", result.tag)
                            .register(meters));
        }
    }

    /** Something was stored. */
    void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    void begin(Events events) {
        thread = new Thread(() -> run(events), "onward-journey-consumer");
        thread.start();
    }

    /** Takes no more events; returns when the last ones are looked at. */
    void close(Duration atMost) {
        closing = true;
        wake();
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run(Events events) {
        try {
            while (!closing) {
                boolean more = look(events);
                if (!more && woken.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    woken.drainPermits();
                }
            }
        } catch (InterruptedException closed) {
            LOG.debug("events that were not looked at are in the database", closed);
        }
    }

    /** Whether there may be more at once. */
    private boolean look(Events events) throws InterruptedException {
        try {
            Instant now = clock.instant();
            if (counted.plus(COUNT).isBefore(now)) {
                counted = now;
                count(events);
                store.forgetBefore(now.minus(EventStore.SEEN), MOST_FORGOTTEN);
            }
            return take(MOST) == MOST;
        } catch (SQLException | RuntimeException failure) {
            LOG.warnf("events could not be looked at, they are tried again: %s", failure);
            LOG.debug("why", failure);
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            return alone();
        }
    }

    /** Sandboxes whose calls have no room any more are left alone: their events wait here. */
    private void count(Events events) {
        List<EventStore.Depth> depths = store.depths();
        events.counted(depths);
        full = depths.stream()
                .map(EventStore.Depth::sandbox)
                .filter(sandbox -> !calls.hasRoom(sandbox))
                .map(Sandbox::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** After a failure each on its own, so that one event holds up no other. */
    private boolean alone() {
        for (int i = 0; i < MOST && !closing; i++) {
            try {
                if (take(1) == 0) {
                    return false;
                }
            } catch (SQLException | RuntimeException failure) {
                if (DatabaseFailure.isUnavailable(failure)) {
                    return false;
                }
                LOG.error("an event cannot be looked at, it is tried again in a minute", failure);
                Instant now = clock.instant();
                store.putOff(now, full, now.plus(AFTER_A_FAULT));
            }
        }
        return true;
    }

    private int take(int most) throws SQLException {
        List<Runnable> afterwards = new ArrayList<>();
        List<Result> what = new ArrayList<>();
        int taken = database.jdbi().inTransaction(handle -> {
            List<Stored> events = store.take(handle, clock.instant(), full, most);
            if (!events.isEmpty()) {
                afterwards.add(begin(handle, events, what));
            }
            return events.size();
        });
        afterwards.forEach(Runnable::run);
        what.forEach(result -> counter(result).increment());
        return taken;
    }

    private Runnable begin(Handle handle, List<Stored> events, List<Result> what) throws SQLException {
        List<Arrival> arrivals = new ArrayList<>();
        for (Stored stored : events) {
            List<Known> begun = routes.begunBy(stored.sandbox(), stored.event().name());
            if (begun.isEmpty()) {
                what.add(Result.DISCARDED);
            }
            for (Known known : begun) {
                arrival(known, stored, what).ifPresent(arrivals::add);
            }
        }
        Begun begun = instances.begin(handle, arrivals);
        begun.admissions().forEach(admission -> what.add(result(admission)));
        return begun.afterwards();
    }

    private Optional<Arrival> arrival(Known known, Stored stored, List<Result> what) {
        if (known.state() == JourneyState.PAUSED) {
            what.add(Result.PAUSED);
            return Optional.empty();
        }
        JsonNode payload = json(stored.event().payload());
        JsonNode profile = json(stored.event().profile());
        JsonNode nothing = JsonNodeFactory.instance.objectNode();
        Scope scope = known.route().scope(payload, profile, nothing, nothing, clock.instant());
        try {
            if (!known.route().admits(scope, random)) {
                what.add(Result.NOT_ADMITTED);
                return Optional.empty();
            }
            Optional<String> profileId = known.route().profileId(stored.event().profileId(), scope, random);
            if (profileId.isEmpty()) {
                what.add(Result.NO_PROFILE);
            }
            return profileId.map(id -> new Arrival(known, id, payload, profile, Optional.empty()));
        } catch (ExpressionException noValue) {
            LOG.debugf("an event at the journey %s: %s", known.journey().name(), noValue.getMessage());
            what.add(Result.FAULTY);
            return Optional.empty();
        }
    }

    private static JsonNode json(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Result result(Admission admission) {
        return switch (admission) {
            case BEGUN -> Result.BEGUN;
            case ALREADY_INSIDE -> Result.ALREADY_IN_JOURNEY;
            case TOO_SOON -> Result.TOO_SOON;
        };
    }

    private Counter counter(Result result) {
        return Objects.requireNonNull(results.get(result));
    }
}
