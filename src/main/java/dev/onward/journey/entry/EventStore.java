package dev.onward.journey.entry;

import dev.onward.database.ArrayStatement;
import dev.onward.database.Database;
import dev.onward.database.StoredText;
import dev.onward.journey.entry.SeenEvents.EventKey;
import dev.onward.sandbox.Quota.Depth;
import dev.onward.sandbox.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Accepted events that were not looked at yet, in {@code onward.journey_event}. Blocking, thread-safe. */
@ApplicationScoped
class EventStore {

    /** Events of so many bytes are taken at once, or a single longer one. */
    static final long MOST_BYTES_TAKEN = 16L * 1024 * 1024;

    private static final String INSERT = """
            INSERT INTO onward.journey_event (received_at, not_before, sandbox, event_id, name, profile_id, payload,
                profile, bytes)
            SELECT ?, ?, given.* FROM unnest(?, ?, ?, ?, ?, ?, ?) AS given
            """;

    /** Of all sandboxes together, or of one by an index: those that are left out would be walked over. */
    private static final String OF_ONE = " AND sandbox = ?";

    private static final String TAKE = """
            WITH locked AS MATERIALIZED (
                SELECT seq, bytes FROM onward.journey_event WHERE not_before <= ?%s
                ORDER BY seq LIMIT ? FOR UPDATE SKIP LOCKED),
            counted AS (SELECT seq, sum(bytes) OVER (ORDER BY seq) - bytes AS before FROM locked),
            taken AS (
                DELETE FROM onward.journey_event e USING counted
                WHERE e.seq = counted.seq AND counted.before < ? RETURNING e.*)
            SELECT * FROM taken ORDER BY seq
            """;

    private static final String FIRST = """
            SELECT seq FROM onward.journey_event WHERE not_before <= ?%s ORDER BY seq LIMIT 1 FOR UPDATE SKIP LOCKED
            """;

    private static final String TAKE_ONE = "DELETE FROM onward.journey_event WHERE seq = ? RETURNING *";

    private final Jdbi jdbi;
    private final SeenEvents seen;
    private final EventRoom room;

    EventStore(Database database, SeenEvents seen, EventRoom room) {
        this.jdbi = database.jdbi();
        this.seen = seen;
        this.room = room;
    }

    /** An event of a sandbox. */
    record Sent(Sandbox sandbox, Event event) {

        private EventKey key() {
            return new EventKey(sandbox.name(), event.id());
        }

        /** What it takes in the queue. */
        Depth depth() {
            return new Depth(sandbox, 1, event.bytes());
        }
    }

    /**
     * An event that was accepted.
     *
     * @param sequence its place: of the events of one process the one accepted first has the smallest
     */
    record Stored(long sequence, Sandbox sandbox, Event event, Instant receivedAt) {}

    /** Stores all in one transaction, which is on disk when this returns; of each, in order, whether it is new. */
    List<Boolean> accept(List<Sent> sent, Instant now) throws SQLException {
        return jdbi.inTransaction(handle -> {
            Set<EventKey> fresh =
                    seen.claim(handle, sent.stream().map(Sent::key).toList(), now);
            List<Boolean> isNew = new ArrayList<>(sent.size());
            List<Sent> first = new ArrayList<>(sent.size());
            for (Sent each : sent) {
                boolean isFirst = fresh.remove(each.key());
                isNew.add(isFirst);
                if (isFirst) {
                    first.add(each);
                }
            }
            insert(handle, first, now);
            return isNew;
        });
    }

    /**
     * Takes the oldest events that nobody else is taking, in the transaction of the handle: once it commits they are gone
     * from here and their room is free; if it does not, they come again.
     *
     * @param of only those of this sandbox
     * @param most how many, at least 1; fewer when they are long
     * @return in the order of their acceptance; empty when there are none
     */
    List<Stored> take(Handle handle, Instant now, Optional<Sandbox> of, int most) {
        Object[] values = Stream.of(Stream.of(time(now)), names(of), Stream.of(most, MOST_BYTES_TAKEN))
                .flatMap(Function.identity())
                .toArray();
        return taken(handle, only(TAKE, of), values);
    }

    /** Locks the event that {@link #take(Handle, Instant, Optional, int)} would give first; gives its place. */
    OptionalLong lockFirst(Handle handle, Instant now, Optional<Sandbox> of) {
        Object[] values = Stream.concat(Stream.of(time(now)), names(of)).toArray();
        Optional<Long> first =
                handle.select(only(FIRST, of), values).mapTo(Long.class).findOne();
        return first.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** Takes one event that is locked. */
    List<Stored> take(Handle handle, long sequence) {
        return taken(handle, TAKE_ONE, sequence);
    }

    private List<Stored> taken(Handle handle, String sql, Object... values) {
        Map<Sandbox, Depth> free = new HashMap<>();
        List<Stored> taken = handle.select(sql, values)
                .map((row, context) -> {
                    Stored stored = EventRow.read(row);
                    free.merge(stored.sandbox(), new Depth(stored.sandbox(), 1, row.getLong("bytes")), Depth::plus);
                    return stored;
                })
                .list();
        if (!taken.isEmpty()) {
            handle.afterCommit(() -> free.values().forEach(room::give));
        }
        return taken;
    }

    private static String only(String sql, Optional<Sandbox> of) {
        return sql.formatted(of.isPresent() ? OF_ONE : "");
    }

    private static Stream<Object> names(Optional<Sandbox> of) {
        return of.stream().map(Sandbox::name);
    }

    /** The sandboxes with events that wait, as far as this process knows. Does not block. */
    Set<Sandbox> sandboxes() {
        return room.sandboxes();
    }

    /** How much of each sandbox waits. Reads the whole queue. */
    List<Depth> depths() {
        return jdbi.withHandle(handle -> handle.select("SELECT sandbox, count(*) AS events, sum(bytes) AS bytes"
                        + " FROM onward.journey_event GROUP BY sandbox")
                .map((row, context) ->
                        new Depth(new Sandbox(row.getString("sandbox")), row.getLong("events"), row.getLong("bytes")))
                .list());
    }

    /** Removes what waits of the profile. Whom an event is about that does not say so only its journey can tell. */
    void erase(Sandbox sandbox, String profileId) {
        jdbi.useTransaction(handle -> {
            List<Long> bytes = handle.select(
                            "DELETE FROM onward.journey_event WHERE sandbox = ? AND profile_id = ? RETURNING bytes",
                            sandbox.name(),
                            StoredText.escape(profileId))
                    .mapTo(Long.class)
                    .list();
            long sum = bytes.stream().mapToLong(Long::longValue).sum();
            handle.afterCommit(() -> room.give(new Depth(sandbox, bytes.size(), sum)));
        });
    }

    private static void insert(Handle handle, List<Sent> sent, Instant now) throws SQLException {
        if (sent.isEmpty()) {
            return;
        }
        try (ArrayStatement<Sent> statement = new ArrayStatement<>(handle, INSERT, sent)) {
            statement
                    .value(time(now))
                    // At once, by the clock of any process and however far it is set back.
                    .value(time(Instant.EPOCH))
                    .column("text", each -> each.sandbox().name())
                    .column("text", each -> StoredText.escape(each.event().id()))
                    .column("text", each -> each.event().name())
                    .column("text", EventRow::profileId)
                    .column("text", each -> each.event().payload())
                    .column("text", each -> each.event().profile())
                    .column("int4", each -> each.event().bytes())
                    .execute();
        }
    }

    private static OffsetDateTime time(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
