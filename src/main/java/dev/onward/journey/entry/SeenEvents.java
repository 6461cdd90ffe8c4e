package dev.onward.journey.entry;

import dev.onward.database.ArrayStatement;
import dev.onward.database.Database;
import dev.onward.database.StoredText;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The ids of events that came lately, in {@code onward.event_seen}. Blocking, thread-safe. */
@ApplicationScoped
class SeenEvents {

    /** So long an event that comes again is known. */
    static final Duration KEPT = Duration.ofDays(7);

    /** One that is too old counts as never seen, whether it was forgotten already or not. */
    private static final String CLAIM = """
            INSERT INTO onward.event_seen AS seen (seen_at, sandbox, event_id)
            SELECT ?, given.* FROM unnest(?, ?) AS given
            ON CONFLICT (sandbox, event_id) DO UPDATE SET seen_at = excluded.seen_at WHERE seen.seen_at <= ?
            RETURNING sandbox, event_id
            """;

    private static final String FORGET = """
            DELETE FROM onward.event_seen WHERE (sandbox, event_id) IN (
                SELECT sandbox, event_id FROM onward.event_seen WHERE seen_at <= ? ORDER BY seen_at LIMIT ?)
            """;

    private final Jdbi jdbi;

    SeenEvents(Database database) {
        this.jdbi = database.jdbi();
    }

    /** What makes an event the same as another one. */
    record EventKey(String sandbox, String eventId) {}

    /**
     * Notes events in the transaction of the handle. Another transaction with one of them waits for its end.
     *
     * @return those that were not seen before
     */
    Set<EventKey> claim(Handle handle, Collection<EventKey> keys, Instant now) throws SQLException {
        // In one order everywhere, so that two processes never wait for each other.
        List<EventKey> sorted = keys.stream()
                .distinct()
                .sorted(Comparator.comparing(EventKey::sandbox).thenComparing(EventKey::eventId))
                .toList();
        try (ArrayStatement<EventKey> statement = new ArrayStatement<>(handle, CLAIM, sorted)) {
            return new HashSet<>(statement
                    .value(time(now))
                    .column("text", EventKey::sandbox)
                    .column("text", key -> StoredText.escape(key.eventId()))
                    .value(time(now.minus(KEPT)))
                    .query(row ->
                            new EventKey(row.getString("sandbox"), StoredText.unescape(row.getString("event_id")))));
        }
    }

    /** Forgets ids that are too old; gives how many, at most {@code most}. */
    int forgetOld(Instant now, int most) {
        return jdbi.withHandle(handle -> handle.execute(FORGET, time(now.minus(KEPT)), most));
    }

    private static OffsetDateTime time(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
