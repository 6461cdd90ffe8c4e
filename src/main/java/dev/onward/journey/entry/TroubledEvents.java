package dev.onward.journey.entry;

import dev.onward.database.Database;
import dev.onward.database.StoredText;
import dev.onward.sandbox.Quota.Depth;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Cursor;
import dev.onward.value.Page;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Events that cannot be looked at by a fault of ours: they are put off, each time twice as long, and after about a day set
 * aside in {@code onward.journey_event_aside}. Blocking, thread-safe.
 */
@ApplicationScoped
class TroubledEvents {

    /** Six waits that double and 23 hours between so many tries. */
    static final int MOST_TRIES = 30;

    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 6;

    private static final String LOCK =
            "SELECT sandbox, event_id, bytes, tries FROM onward.journey_event WHERE seq = ? FOR UPDATE SKIP LOCKED";

    private static final String PUT_OFF = "UPDATE onward.journey_event SET tries = ?, not_before = ? WHERE seq = ?";

    private static final String SET_ASIDE = """
            WITH gone AS (DELETE FROM onward.journey_event WHERE seq = ? RETURNING *)
            INSERT INTO onward.journey_event_aside (seq, sandbox, event_id, name, profile_id, payload, profile, bytes,
                received_at, set_aside_at)
            SELECT seq, sandbox, event_id, name, profile_id, payload, profile, bytes, received_at, ? FROM gone
            """;

    /** At the places that they had, so that they stay in their order. */
    private static final String TAKE_UP = """
            WITH gone AS (DELETE FROM onward.journey_event_aside WHERE sandbox = ? RETURNING *)
            INSERT INTO onward.journey_event (seq, sandbox, event_id, name, profile_id, payload, profile, bytes,
                received_at, not_before)
            OVERRIDING SYSTEM VALUE
            SELECT seq, sandbox, event_id, name, profile_id, payload, profile, bytes, received_at, ? FROM gone
            """;

    private static final String LIST = """
            SELECT seq, event_id, name, profile_id, received_at, set_aside_at FROM onward.journey_event_aside
            WHERE sandbox = ? AND seq < ? ORDER BY seq DESC LIMIT ?
            """;

    private final Jdbi jdbi;
    private final EventRoom room;
    private final AtomicLong setAside = new AtomicLong();

    TroubledEvents(Database database, EventRoom room, MeterRegistry meters) {
        this.jdbi = database.jdbi();
        this.room = room;
        Gauge.builder("onward.journey.events.set.aside", setAside, AtomicLong::get)
                .description("Accepted events that are not tried again before somebody asks for it")
                .register(meters);
    }

    /**
     * What becomes of an event that could not be looked at.
     *
     * @param tries how many there were
     * @param next when it is looked at again; empty when it is set aside
     */
    record Trouble(Sandbox sandbox, String eventId, int tries, Optional<Instant> next) {}

    /** An event before this try failed. */
    private record Tried(long sequence, Sandbox sandbox, String eventId, int bytes, int tries) {

        static Tried read(long sequence, ResultSet row) throws SQLException {
            return new Tried(
                    sequence,
                    new Sandbox(row.getString("sandbox")),
                    StoredText.unescape(row.getString("event_id")),
                    row.getInt("bytes"),
                    row.getInt("tries"));
        }
    }

    /**
     * Puts an event off, or sets it aside.
     *
     * @return empty when it is gone, or another process has it
     */
    Optional<Trouble> putOff(long sequence, Instant now) {
        return jdbi.inTransaction(handle -> handle.select(LOCK, sequence)
                .map((row, context) -> Tried.read(sequence, row))
                .findOne()
                .map(tried -> putOff(handle, tried, now)));
    }

    /** Lets the events of a sandbox that were set aside be looked at again; gives how many. */
    int takeUp(Sandbox sandbox) {
        return jdbi.withHandle(handle -> handle.execute(TAKE_UP, sandbox.name(), time(Instant.EPOCH)));
    }

    /** The events of a sandbox that are set aside, the one that was accepted last first. */
    Page<EventSetAside> list(Sandbox sandbox, Optional<Cursor> cursor, int limit) {
        long before = cursor.map(EventSetAside::sequence).orElse(Long.MAX_VALUE);
        List<EventSetAside> rows = jdbi.withHandle(handle -> handle.select(LIST, sandbox.name(), before, limit + 1)
                .map((row, context) -> EventSetAside.read(row))
                .list());
        return Page.of(rows, limit, EventSetAside::cursor);
    }

    /** Counts those that are set aside, for the metrics. */
    void count() {
        setAside.set(jdbi.withHandle(handle -> handle.select("SELECT count(*) FROM onward.journey_event_aside")
                .mapTo(Long.class)
                .one()));
    }

    /** Removes those of a profile. */
    void erase(Sandbox sandbox, String profileId) {
        remove("profile_id", sandbox, profileId);
    }

    /** Gives one up; false when there is none with this id. */
    boolean discard(Sandbox sandbox, String eventId) {
        return remove("event_id", sandbox, eventId) > 0;
    }

    private int remove(String column, Sandbox sandbox, String value) {
        return jdbi.withHandle(handle -> handle.execute(
                "DELETE FROM onward.journey_event_aside WHERE sandbox = ? AND " + column + " = ?",
                sandbox.name(),
                StoredText.escape(value)));
    }

    private Trouble putOff(Handle handle, Tried tried, Instant now) {
        int tries = tried.tries() + 1;
        if (tries >= MOST_TRIES) {
            handle.execute(SET_ASIDE, tried.sequence(), time(now));
            handle.afterCommit(() -> room.give(new Depth(tried.sandbox(), 1, tried.bytes())));
            return new Trouble(tried.sandbox(), tried.eventId(), tries, Optional.empty());
        }
        Instant next = now.plus(waitAfter(tries));
        handle.execute(PUT_OFF, tries, time(next), tried.sequence());
        return new Trouble(tried.sandbox(), tried.eventId(), tries, Optional.of(next));
    }

    private static Duration waitAfter(int tries) {
        Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(tries - 1, MOST_DOUBLINGS));
        return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
    }

    private static OffsetDateTime time(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
