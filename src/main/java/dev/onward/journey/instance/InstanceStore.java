package dev.onward.journey.instance;

import dev.onward.database.ArrayStatement;
import dev.onward.database.StoredText;
import dev.onward.journey.definition.JourneyState;
import dev.onward.value.JsonBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Instances and their step records in PostgreSQL. Every method works in the transaction of its handle. Thread-safe. */
final class InstanceStore {

    private static final String INSERT = """
            INSERT INTO onward.journey_instance (id, sandbox, journey_id, journey, version, profile_id, state, step, due_at,
                started_at, ended_at, ending, run_id, steps, data, reentry_at, event_id, is_reentrance)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (journey_id, profile_id) WHERE state <> 'ended' DO NOTHING RETURNING id
            """;

    private static final String UPDATE = """
            UPDATE onward.journey_instance i SET state = n.state, step = n.step, due_at = n.due_at, ended_at = n.ended_at,
                ending = n.ending, steps = n.steps, data = n.data
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) AS n(id, state, step, due_at, ended_at, ending, steps, data)
            WHERE i.id = n.id
            """;

    private static final String LOCK = "SELECT " + InstanceRow.COLUMNS
            + " FROM onward.journey_instance i WHERE i.id = ANY (?) AND i.state = 'calling' ORDER BY i.id FOR UPDATE";

    /** The first ones, as far as their data together is not too much; the rest is unlocked again with the commit. */
    private static final String DUE = """
            WITH locked AS MATERIALIZED (
                SELECT id, due_at, octet_length(data) AS bytes FROM onward.journey_instance
                WHERE state IN ('waiting', 'held') AND due_at <= ? ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED),
            counted AS (SELECT id, due_at, sum(bytes) OVER (ORDER BY due_at, id) - bytes AS before FROM locked)
            SELECT %s FROM counted c JOIN onward.journey_instance i ON i.id = c.id
            WHERE c.before < ? ORDER BY c.due_at, c.id
            """.formatted(InstanceRow.COLUMNS);

    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private static final String PUT_OFF = """
            UPDATE onward.journey_instance SET due_at = ? WHERE id = (
                SELECT id FROM onward.journey_instance WHERE state IN ('waiting', 'held') AND due_at <= ?
                ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            """;

    /** Each looks at a few journeys and, by an index, at those of their instances that it wants. */
    private static final String RELEASE = """
            UPDATE onward.journey_instance SET state = 'waiting', due_at = ? WHERE id IN (
                SELECT i.id FROM onward.journey j JOIN onward.journey_instance i ON i.journey_id = j.id
                WHERE %s LIMIT ? FOR UPDATE OF i SKIP LOCKED)
            """;

    private static final String RELEASE_HELD = RELEASE.formatted("j.state = 'live' AND i.state = 'held'");

    private static final String RELEASE_STOPPED =
            RELEASE.formatted("j.state = 'stopped' AND i.state IN ('waiting', 'held') AND i.due_at > ?");

    private static final String RECORDS = """
            INSERT INTO onward.step_event (instance_id, number, at, sandbox, journey, profile_id, step_id, status, record)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;

    private static final String FORGET = """
            WITH gone AS (DELETE FROM onward.journey_instance WHERE id IN (
                    SELECT id FROM onward.journey_instance WHERE state = 'ended' AND ended_at < ? LIMIT ?)
                RETURNING id, journey_id, profile_id, started_at, reentry_at, run_id, ending),
            records AS (DELETE FROM onward.step_event s USING gone WHERE s.instance_id = gone.id),
            remembered AS (
                INSERT INTO onward.journey_entrance AS e (journey_id, profile_id, started_at, reentry_at)
                SELECT g.journey_id, g.profile_id, max(g.started_at), max(g.reentry_at)
                FROM gone g JOIN onward.journey j ON j.id = g.journey_id
                WHERE g.reentry_at > ? AND g.profile_id <> '' GROUP BY g.journey_id, g.profile_id
                ON CONFLICT (journey_id, profile_id) DO UPDATE SET
                    started_at = greatest(e.started_at, excluded.started_at),
                    reentry_at = greatest(e.reentry_at, excluded.reentry_at)),
            counted AS (
                INSERT INTO onward.audience_ending AS a (run_id, ending, instances)
                SELECT run_id, ending, count(*) FROM gone WHERE run_id IS NOT NULL
                GROUP BY run_id, ending ORDER BY run_id, ending
                ON CONFLICT (run_id, ending) DO UPDATE SET instances = a.instances + excluded.instances)
            SELECT count(*) FROM gone
            """;

    private static final String FORGET_ENTRANCES = """
            DELETE FROM onward.journey_entrance WHERE (journey_id, profile_id) IN (
                SELECT journey_id, profile_id FROM onward.journey_entrance WHERE reentry_at < ? LIMIT ?)
            """;

    private static final String LATEST = """
            SELECT i.journey_id, i.profile_id, max(i.started_at) AS started_at, bool_or(i.inside) AS inside
            FROM (SELECT DISTINCT * FROM unnest(?, ?) AS u(journey_id, profile_id)) w
            JOIN (SELECT journey_id, profile_id, started_at, state <> 'ended' AS inside FROM onward.journey_instance
                UNION ALL SELECT journey_id, profile_id, started_at, false FROM onward.journey_entrance) i
                ON w.journey_id = i.journey_id AND w.profile_id = i.profile_id
            GROUP BY i.journey_id, i.profile_id
            """;

    private static final String STATES = "SELECT id, state FROM onward.journey WHERE id = ANY (?)";

    /** A record with the instance that it belongs to. */
    record Recorded(Instance instance, StepRecord step) {}

    /**
     * How a profile came in.
     *
     * @param eventId the event that brought it
     * @param isAgain whether it had been inside before, as far as that is known
     * @param reentryAt from when on it may come in again
     */
    record Entrance(Optional<String> eventId, boolean isAgain, Instant reentryAt) {}

    /** When a profile came into a journey last. */
    record Latest(UUID journey, String profileId, Instant startedAt, boolean isInside) {}

    /**
     * Stores new instances; gives those that are in: of a profile that is inside already there is no second.
     */
    Set<UUID> insert(Handle handle, List<InstanceRow> rows, Function<InstanceRow, Entrance> entrance)
            throws SQLException {
        try (ArrayStatement<InstanceRow> statement = new ArrayStatement<>(handle, INSERT, rows)) {
            statement
                    .column("uuid", row -> row.instance().id())
                    .column("text", row -> row.instance().sandbox().name())
                    .column("uuid", row -> row.instance().journey().id())
                    .column("text", row -> row.instance().journey().name())
                    .column("int4", row -> row.instance().journey().version())
                    .column("text", row -> StoredText.escape(row.instance().profileId()))
                    .column("text", InstanceRow::state)
                    .column("text", InstanceRow::step)
                    .column("timestamptz", row -> InstanceRow.stored(row.dueAt()))
                    .column(
                            "timestamptz",
                            row -> InstanceRow.stored(row.instance().startedAt()))
                    .column("timestamptz", row -> InstanceRow.stored(row.endedAt()))
                    .column("text", row -> row.ending().orElse(null))
                    .column("uuid", row -> row.instance().run().orElse(null))
                    .column("int4", row -> row.instance().steps())
                    .column("text", InstanceRow::data)
                    .column(
                            "timestamptz",
                            row -> InstanceRow.stored(entrance.apply(row).reentryAt()))
                    .column(
                            "text",
                            row -> entrance.apply(row)
                                    .eventId()
                                    .map(StoredText::escape)
                                    .orElse(null))
                    .column("bool", row -> entrance.apply(row).isAgain());
            return new HashSet<>(statement.query(row -> row.getObject(1, UUID.class)));
        }
    }

    void update(Handle handle, List<InstanceRow> rows) throws SQLException {
        try (ArrayStatement<InstanceRow> statement = new ArrayStatement<>(handle, UPDATE, rows)) {
            statement
                    .column("uuid", row -> row.instance().id())
                    .column("text", InstanceRow::state)
                    .column("text", InstanceRow::step)
                    .column("timestamptz", row -> InstanceRow.stored(row.dueAt()))
                    .column("timestamptz", row -> InstanceRow.stored(row.endedAt()))
                    .column("text", row -> row.ending().orElse(null))
                    .column("int4", row -> row.instance().steps())
                    .column("text", InstanceRow::data)
                    .execute();
        }
    }

    /** Locks those of the instances that wait for a call. */
    List<InstanceRow> lock(Handle handle, List<UUID> ids) throws SQLException {
        try (ArrayStatement<UUID> statement = new ArrayStatement<>(handle, LOCK, ids)) {
            return statement.column("uuid", id -> id).query(InstanceRow::read);
        }
    }

    /** Locks instances that may go on by now, those that nobody else has locked. */
    List<InstanceRow> due(Handle handle, Instant now, int most) {
        return handle.select(DUE, InstanceRow.stored(now), most, MOST_BYTES)
                .map((row, context) -> InstanceRow.read(row))
                .list();
    }

    /** Puts the instance off that {@link #due} would give first. */
    void putOff(Handle handle, Instant now, Instant until) {
        handle.execute(PUT_OFF, InstanceRow.stored(until), InstanceRow.stored(now));
    }

    /** The present states of journeys, as the transaction sees them; of one that is gone there is none. */
    Map<UUID, JourneyState> states(Handle handle, Set<UUID> journeys) {
        return handle.select(STATES, (Object) journeys.toArray(UUID[]::new))
                .reduceRows(new HashMap<>(), (states, row) -> {
                    states.put(row.getColumn("id", UUID.class), JourneyState.of(row.getColumn("state", String.class)));
                    return states;
                });
    }

    /** Makes instances due that a pause holds which is over, and those of stopped journeys; gives how many. */
    int release(Handle handle, Instant now, int most) {
        return handle.execute(RELEASE_HELD, InstanceRow.stored(now), most)
                + handle.execute(RELEASE_STOPPED, InstanceRow.stored(now), InstanceRow.stored(now), most);
    }

    /**
     * Removes instances that ended before a time, with their records; gives how many. When a profile came in stays known
     * as long as that keeps it from coming again, and how many of an audience ended how for ever.
     */
    int forget(Handle handle, Instant before, Instant now, int most) {
        handle.execute(FORGET_ENTRANCES, InstanceRow.stored(now), most);
        return handle.select(FORGET, InstanceRow.stored(before), most, InstanceRow.stored(now))
                .mapTo(Integer.class)
                .one();
    }

    /** When profiles came into journeys last; those that never did are left out. */
    List<Latest> latest(Handle handle, List<Instance> instances) throws SQLException {
        try (ArrayStatement<Instance> statement = new ArrayStatement<>(handle, LATEST, instances)) {
            return statement
                    .column("uuid", instance -> instance.journey().id())
                    .column("text", instance -> StoredText.escape(instance.profileId()))
                    .query(row -> new Latest(
                            row.getObject("journey_id", UUID.class),
                            StoredText.unescape(row.getString("profile_id")),
                            row.getObject("started_at", OffsetDateTime.class).toInstant(),
                            row.getBoolean("inside")));
        }
    }

    /** Stores records; one that is there already stays as it is. */
    void record(Handle handle, List<Recorded> records) throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        try (ArrayStatement<Recorded> statement = new ArrayStatement<>(handle, RECORDS, records)) {
            statement
                    .column("uuid", each -> each.instance().id())
                    .column("int4", each -> each.step().number())
                    .column(
                            "timestamptz",
                            each -> InstanceRow.stored(each.step().at()))
                    .column("text", each -> each.instance().sandbox().name())
                    .column("text", each -> each.instance().journey().name())
                    .column("text", each -> StoredText.escape(each.instance().profileId()))
                    .column("text", each -> each.step().stepId())
                    .column("text", each -> each.step().status())
                    .column("text", each -> JsonBuffer.textOf(each.step().fields()))
                    .execute();
        }
    }
}
