package dev.onward.journey.entry;

import dev.onward.database.Database;
import dev.onward.journey.definition.JourneyConfig;
import dev.onward.journey.entry.EventStore.Sent;
import dev.onward.journey.entry.EventStore.Stored;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What one process has of the queue of events. */
record EventFixture(Database database, SeenEvents seen, EventRoom room, EventStore store, TroubledEvents troubled) {

    static final Sandbox SANDBOX = new Sandbox("one");

    /** Over an empty queue. */
    static EventFixture open(TestDatabase database) {
        database.jdbi()
                .useHandle(handle ->
                        handle.execute("TRUNCATE onward.journey_event, onward.journey_event_aside, onward.event_seen"));
        return of(database.database(), new Limits(1_000, 1_000_000));
    }

    static EventFixture of(Database database, JourneyConfig config) {
        SeenEvents seen = new SeenEvents(database);
        EventRoom room = new EventRoom(config);
        return new EventFixture(
                database,
                seen,
                room,
                new EventStore(database, seen, room),
                new TroubledEvents(database, room, new SimpleMeterRegistry()));
    }

    static Sent sent(String id) {
        return sent(SANDBOX, id);
    }

    static Sent sent(Sandbox sandbox, String id) {
        return sent(sandbox, id, "{}");
    }

    static Sent sent(Sandbox sandbox, String id, String payload) {
        return new Sent(sandbox, new Event(id, "Order", Optional.of("p-1"), payload, "{\"name\":\"Ada\"}"));
    }

    List<Stored> take(int most) {
        return database.jdbi().inTransaction(handle -> store.take(handle, Instant.now(), Optional.empty(), most));
    }

    List<String> ids(List<Stored> stored) {
        return stored.stream().map(each -> each.event().id()).toList();
    }

    /** Limits of a sandbox. */
    record Limits(long maxEvents, long maxBytes) implements JourneyConfig {

        @Override
        public OptionalInt acceptQueue() {
            return OptionalInt.empty();
        }

        @Override
        public OptionalLong maxEventsPerSandbox() {
            return OptionalLong.of(maxEvents);
        }

        @Override
        public OptionalLong maxBytesPerSandbox() {
            return OptionalLong.of(maxBytes);
        }

        @Override
        public Optional<Duration> retention() {
            return Optional.empty();
        }
    }
}
