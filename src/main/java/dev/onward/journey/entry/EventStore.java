package dev.onward.journey.entry;

import dev.onward.call.ProfileEraser;
import dev.onward.database.ArrayStatement;
import dev.onward.database.Database;
import dev.onward.database.StoredText;
import dev.onward.sandbox.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Accepted events in PostgreSQL. Blocking, thread-safe. */
@ApplicationScoped
class EventStore implements ProfileEraser {

    /** So long an event that comes again is known. */
    static final Duration SEEN = Duration.ofDays(7);

    private static final String NEW_IDS = """
            INSERT INTO onward.event_seen (sandbox, event_id, seen_at) SELECT * FROM unnest(?, ?, ?)
            ON CONFLICT DO NOTHING RETURNING sandbox, event_id
            """;

    private static final String INSERT = """
            INSERT INTO onward.journey_event (sandbox, event_id, name, profile_id, payload, profile, bytes, received_at,
                not_before)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String TAKE = """
            DELETE FROM onward.journey_event WHERE seq IN (
                SELECT seq FROM onward.journey_event WHERE not_before <= ? AND sandbox <> ALL (?)
                ORDER BY seq LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING seq, sandbox, event_id, name, profile_id, payload, profile, received_at
            """;

    private static final String PUT_OFF = """
            UPDATE onward.journey_event SET not_before = ? WHERE seq = (
                SELECT seq FROM onward.journey_event WHERE not_before <= ? AND sandbox <> ALL (?)
                ORDER BY seq LIMIT 1 FOR UPDATE SKIP LOCKED)
            """;

    private final Jdbi jdbi;

    EventStore(Database database) {
        this.jdbi = database.jdbi();
    }

    /** An event of a sandbox. */
    record Sent(Sandbox sandbox, Event event) {}

    /** An event that was accepted. */
    record Stored(long sequence, Sandbox sandbox, Event event, Instant receivedAt) {}

    /** How much of a sandbox waits. */
    record Depth(Sandbox sandbox, long events, long bytes) {}

    private record Name(String sandbox, String id) {}

    /** Stores all in one transaction, which is on disk when this returns; of each, in order, whether it is new. */
    List<Boolean> accept(List<Sent> sent, Instant now) throws SQLException {
        return jdbi.inTransaction(handle -> {
            Set<Name> fresh = newIds(handle, sent, now);
            List<Boolean> isNew = new ArrayList<>(sent.size());
            List<Sent> first = new ArrayList<>(sent.size());
            for (Sent each : sent) {
                boolean isFirst = fresh.remove(name(each));
                isNew.add(isFirst);
                if (isFirst) {
                    first.add(each);
                }
            }
            insert(handle, first, now);
            return isNew;
        });
    }

    /** Takes the oldest events, in the transaction of the handle, but those of some sandboxes. */
    List<Stored> take(Handle handle, Instant now, Set<String> without, int most) {
        List<Stored> taken = new ArrayList<>(handle.createQuery(TAKE)
                .bind(0, time(now))
                .bind(1, without.toArray(String[]::new))
                .bind(2, most)
                .map((row, context) -> stored(row))
                .list());
        taken.sort(Comparator.comparingLong(Stored::sequence));
        return taken;
    }

    /** Puts the event off that {@link #take} would give first. */
    void putOff(Instant now, Set<String> without, Instant until) {
        jdbi.useHandle(handle -> handle.createUpdate(PUT_OFF)
                .bind(0, time(until))
                .bind(1, time(now))
                .bind(2, without.toArray(String[]::new))
                .execute());
    }

    List<Depth> depths() {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT sandbox, count(*), sum(bytes) FROM onward.journey_event GROUP BY sandbox")
                .map((row, context) -> new Depth(new Sandbox(row.getString(1)), row.getLong(2), row.getLong(3)))
                .list());
    }

    /** Forgets ids that came before a time; gives how many. */
    int forgetBefore(Instant time, int most) {
        return jdbi.withHandle(handle -> handle.execute("""
                DELETE FROM onward.event_seen WHERE (sandbox, event_id) IN (
                    SELECT sandbox, event_id FROM onward.event_seen WHERE seen_at < ? LIMIT ?)""", time(time), most));
    }

    @Override
    public void erase(Sandbox sandbox, String profileId) {
        jdbi.useHandle(handle -> handle.execute(
                "DELETE FROM onward.journey_event WHERE sandbox = ? AND profile_id = ?",
                sandbox.name(),
                StoredText.escape(profileId)));
    }

    /** In one order everywhere, so that two processes never wait for each other. */
    private static Set<Name> newIds(Handle handle, List<Sent> sent, Instant now) throws SQLException {
        List<Name> names = sent.stream()
                .map(EventStore::name)
                .distinct()
                .sorted(Comparator.comparing(Name::sandbox).thenComparing(Name::id))
                .toList();
        try (ArrayStatement<Name> statement = new ArrayStatement<>(handle, NEW_IDS, names)) {
            return new HashSet<>(statement
                    .column("text", Name::sandbox)
                    .column("text", name -> StoredText.escape(name.id()))
                    .column("timestamptz", name -> time(now))
                    .query(row -> new Name(row.getString(1), StoredText.unescape(row.getString(2)))));
        }
    }

    private static void insert(Handle handle, List<Sent> sent, Instant now) throws SQLException {
        if (sent.isEmpty()) {
            return;
        }
        try (ArrayStatement<Sent> statement = new ArrayStatement<>(handle, INSERT, sent)) {
            statement
                    .column("text", each -> each.sandbox().name())
                    .column("text", each -> StoredText.escape(each.event().id()))
                    .column("text", each -> each.event().name())
                    .column(
                            "text",
                            each -> each.event()
                                    .profileId()
                                    .map(StoredText::escape)
                                    .orElse(null))
                    .column("text", each -> each.event().payload())
                    .column("text", each -> each.event().profile())
                    .column("int4", each -> each.event().bytes())
                    .column("timestamptz", each -> time(now))
                    .column("timestamptz", each -> time(now))
                    .execute();
        }
    }

    private static Stored stored(ResultSet row) throws SQLException {
        Event event = new Event(
                StoredText.unescape(row.getString("event_id")),
                row.getString("name"),
                Optional.ofNullable(row.getString("profile_id")).map(StoredText::unescape),
                row.getString("payload"),
                row.getString("profile"));
        return new Stored(
                row.getLong("seq"),
                new Sandbox(row.getString("sandbox")),
                event,
                row.getObject("received_at", OffsetDateTime.class).toInstant());
    }

    private static Name name(Sent sent) {
        return new Name(sent.sandbox().name(), sent.event().id());
    }

    private static OffsetDateTime time(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
