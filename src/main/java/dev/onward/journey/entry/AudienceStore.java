package dev.onward.journey.entry;

import dev.onward.call.ProfileEraser;
import dev.onward.database.ArrayStatement;
import dev.onward.database.Database;
import dev.onward.database.StoredText;
import dev.onward.journey.entry.AudienceRun.Counts;
import dev.onward.journey.entry.AudienceRun.Journey;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Cursor;
import dev.onward.value.CursorInvalidException;
import dev.onward.value.Page;
import dev.onward.value.Times;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Audience runs and their profiles in PostgreSQL. Blocking, thread-safe. */
@ApplicationScoped
@Priority(200)
class AudienceStore implements ProfileEraser {

    private static final String RUNS = """
            SELECT id, sandbox, journey_id, journey, version, state, upload, per_second, started_at, ended_at, accepted, begun,
                inside, too_soon, others
            FROM onward.audience_run
            """;

    private static final String INSERT = """
            WITH given AS MATERIALIZED (SELECT * FROM unnest(?, ?, ?, ?) AS u(run_id, profile_id, payload, profile)),
            open AS MATERIALIZED (SELECT id FROM onward.audience_run
                WHERE id IN (SELECT run_id FROM given) AND state IN ('running', 'paused') FOR UPDATE),
            added AS (INSERT INTO onward.audience_member (run_id, profile_id, payload, profile)
                SELECT given.* FROM given JOIN open ON open.id = given.run_id RETURNING run_id),
            counted AS (SELECT run_id, count(*) AS members FROM added GROUP BY run_id)
            UPDATE onward.audience_run r SET accepted = accepted + counted.members, upload = 'underWay', stored_at = ?
            FROM counted WHERE r.id = counted.run_id RETURNING r.id
            """;

    private static final String BREAK_OFF = """
            UPDATE onward.audience_run SET upload = 'brokenOff', state = CASE state WHEN 'running' THEN 'paused' ELSE state END
            WHERE upload = 'underWay' AND %s
            RETURNING id, journey, state
            """;

    private static final String TAKE = """
            WITH firsts AS (
                SELECT seq, octet_length(payload) + octet_length(profile) AS bytes
                FROM onward.audience_member WHERE run_id = ? ORDER BY seq LIMIT ?),
            counted AS (SELECT seq, sum(bytes) OVER (ORDER BY seq) - bytes AS before FROM firsts)
            DELETE FROM onward.audience_member m USING counted c
            WHERE m.run_id = ? AND m.seq = c.seq AND c.before < ?
            RETURNING m.profile_id, m.payload, m.profile
            """;

    /** One statement, so that an instance that is being forgotten is counted once. */
    private static final String ENDINGS = """
            SELECT run_id, how, sum(instances)::bigint FROM (
                SELECT run_id, coalesce(ending, state) AS how, count(*) AS instances FROM onward.journey_instance
                WHERE run_id = ANY(?) GROUP BY 1, 2
                UNION ALL SELECT run_id, ending, instances FROM onward.audience_ending WHERE run_id = ANY(?)) AS every
            GROUP BY run_id, how ORDER BY run_id, how
            """;

    /** As many bytes of profiles are taken at once at most, or a single longer one. */
    private static final long MOST_BYTES = 8L * 1024 * 1024;

    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");
    private static final Duration LONGEST_TURN = Duration.ofMinutes(1);
    private static final UUID NO_RUN = new UUID(0, 0);

    private final Database database;

    AudienceStore(Database database) {
        this.database = database;
    }

    /** A profile of an audience; the documents are JSON text. */
    record Member(UUID run, String profileId, String payload, String profile) {

        int bytes() {
            return payload.length() + profile.length();
        }
    }

    /** A run whose upload broke off, and the state that it is in now. */
    record BrokenOff(UUID run, String journey, String state) {}

    /** How many instances of a run came to one end. */
    private record Ended(UUID run, String how, long instances) {}

    void create(AudienceRun run) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        """
                        INSERT INTO onward.audience_run (id, sandbox, journey_id, journey, version, state, upload, per_second,
                            next_at, started_at, stored_at)
                        VALUES (?, ?, ?, ?, ?, 'running', 'underWay', ?, ?, ?, ?)""",
                        run.id(),
                        run.sandbox().name(),
                        run.journey().id(),
                        run.journey().name(),
                        run.journey().version(),
                        run.perSecond(),
                        time(run.startedAt()),
                        time(run.startedAt()),
                        time(run.startedAt())));
    }

    /**
     * Stores profiles in one transaction, which is on disk when this returns.
     *
     * @return the runs among theirs that take profiles; those of others were not stored
     */
    Set<UUID> add(List<Member> members, Instant now) throws SQLException {
        return database.jdbi().inTransaction(handle -> {
            try (ArrayStatement<Member> statement = new ArrayStatement<>(handle, INSERT, members)) {
                return Set.copyOf(statement
                        .column("uuid", Member::run)
                        .column("text", member -> StoredText.escape(member.profileId()))
                        .column("text", Member::payload)
                        .column("text", Member::profile)
                        .value(time(now))
                        .query(row -> row.getObject(1, UUID.class)));
            }
        });
    }

    /** All profiles of the run are stored. Gives the state that it is in, unless there is none any more. */
    Optional<String> complete(UUID run) {
        return database.jdbi()
                .withHandle(handle -> handle.select(
                                "UPDATE onward.audience_run SET upload = 'complete' WHERE id = ? RETURNING state", run)
                        .mapTo(String.class)
                        .findOne());
    }

    /** The upload of a run ended before its end: the run is paused. Gives what was told by that, at most one. */
    List<BrokenOff> breakOff(UUID run) {
        return breakOff("id = ?", run);
    }

    /** The same of every run of whose upload nothing was stored since a time: whoever took it in has died. */
    List<BrokenOff> breakOffSilent(Instant since) {
        return breakOff("stored_at < ?", time(since));
    }

    private List<BrokenOff> breakOff(String which, Object value) {
        return database.jdbi()
                .withHandle(handle -> handle.select(BREAK_OFF.formatted(which), value)
                        .map((row, context) -> new BrokenOff(
                                row.getObject("id", UUID.class), row.getString("journey"), row.getString("state")))
                        .list());
    }

    /** Locks the run whose turn it is and that nobody else has locked. None waits long, unless a clock is set back. */
    Optional<AudienceRun> next(Handle handle, Instant now) {
        return handle.select(
                        RUNS
                                + " WHERE state = 'running' AND (next_at <= ? OR next_at > ?)"
                                + " ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED",
                        time(now),
                        time(now.plus(LONGEST_TURN)))
                .map((row, context) -> run(row))
                .findOne();
    }

    /** Whether there is a run that goes on, due or not. */
    boolean isAnyRunning() {
        return database.jdbi()
                .withHandle(handle -> handle.select(
                                "SELECT EXISTS (SELECT FROM onward.audience_run WHERE state = 'running')")
                        .mapTo(Boolean.class)
                        .one());
    }

    /** Takes the first profiles of a run that is locked. */
    List<Member> take(Handle handle, UUID run, int most) {
        return handle.select(TAKE, run, most, run, MOST_BYTES)
                .map((row, context) ->
                        new Member(run, StoredText.unescape(row.getString(1)), row.getString(2), row.getString(3)))
                .list();
    }

    /** Counts what became of profiles, and when the next may come. */
    void advance(Handle handle, UUID run, Counts more, Instant next) {
        handle.execute("""
                UPDATE onward.audience_run SET begun = begun + ?, inside = inside + ?, too_soon = too_soon + ?,
                    others = others + ?, next_at = ? WHERE id = ?""", more.begun(), more.inside(), more.tooSoon(), more.others(), time(next), run);
    }

    /** Lets a run wait until a time. */
    void putOff(UUID run, Instant until) {
        database.jdbi()
                .useHandle(handle ->
                        handle.execute("UPDATE onward.audience_run SET next_at = ? WHERE id = ?", time(until), run));
    }

    void end(Handle handle, UUID run, Instant now) {
        handle.execute("UPDATE onward.audience_run SET state = 'ended', ended_at = ? WHERE id = ?", time(now), run);
    }

    /**
     * Changes the state of a run that has not ended.
     *
     * @return empty when there is no such run in the sandbox, or it has ended
     */
    Optional<AudienceRun> move(Sandbox sandbox, UUID id, String state, Instant now) {
        return database.jdbi().inTransaction(handle -> {
            int moved = handle.execute("""
                    UPDATE onward.audience_run SET state = ?, next_at = ?,
                        ended_at = CASE ? WHEN 'cancelled' THEN ?::timestamptz END
                    WHERE id = ? AND sandbox = ? AND state IN ('running', 'paused')""", state, time(now), state, time(now), id, sandbox.name());
            if (moved > 0 && state.equals("cancelled")) {
                handle.execute("DELETE FROM onward.audience_member WHERE run_id = ?", id);
            }
            return moved > 0 ? find(handle, sandbox, id) : Optional.<AudienceRun>empty();
        });
    }

    Optional<AudienceRun> find(Sandbox sandbox, UUID id) {
        return database.jdbi().withHandle(handle -> find(handle, sandbox, id));
    }

    /** How many instances of a run ended how, forgotten ones included; those on their way by their state. */
    Map<String, Long> endings(UUID run) {
        return endings(List.of(run)).getOrDefault(run, Map.of());
    }

    /** The same of several runs, by their id; nothing of those that have no instances. */
    Map<UUID, Map<String, Long>> endings(List<UUID> runs) {
        UUID[] ids = runs.toArray(UUID[]::new);
        Map<UUID, Map<String, Long>> endings = new HashMap<>();
        database.jdbi()
                .useHandle(handle -> handle.select(ENDINGS, ids, ids)
                        .map((row, context) ->
                                new Ended(row.getObject(1, UUID.class), row.getString(2), row.getLong(3)))
                        .forEach(each -> endings.computeIfAbsent(each.run(), run -> new LinkedHashMap<>())
                                .put(each.how(), each.instances())));
        return endings;
    }

    /** The runs of a journey, or of all, newest first. */
    Page<AudienceRun> list(Sandbox sandbox, Optional<String> journey, Optional<Cursor> cursor, int limit) {
        Instant before = cursor.map(AudienceStore::time).orElse(LAST);
        UUID beforeId = cursor.map(AudienceStore::id).orElse(NO_RUN);
        Object[] values = Stream.of(
                        Stream.of(sandbox.name()),
                        journey.stream().map(StoredText::escape),
                        Stream.of(time(before), beforeId, limit + 1))
                .flatMap(Function.identity())
                .toArray();
        List<AudienceRun> rows = database.jdbi()
                .withHandle(handle -> handle.select(RUNS + page(journey.isPresent()), values)
                        .map((row, context) -> run(row))
                        .list());
        return Page.of(
                rows,
                limit,
                row -> new Cursor(List.of(row.startedAt().toString(), row.id().toString())));
    }

    /** Which runs a page has, of one journey or of all: a condition for both would hide the order from the planner. */
    static String page(boolean isOfOne) {
        return " WHERE sandbox = ?" + (isOfOne ? " AND journey = ?" : "")
                + " AND (started_at, id) < (?, ?) ORDER BY started_at DESC, id DESC LIMIT ?";
    }

    @Override
    public void erase(Sandbox sandbox, String profileId) {
        database.jdbi().useHandle(handle -> handle.execute("""
                        DELETE FROM onward.audience_member m USING onward.audience_run r
                        WHERE r.id = m.run_id AND r.sandbox = ? AND m.profile_id = ?""", sandbox.name(), StoredText.escape(profileId)));
    }

    private static Optional<AudienceRun> find(Handle handle, Sandbox sandbox, UUID id) {
        return handle.select(RUNS + " WHERE id = ? AND sandbox = ?", id, sandbox.name())
                .map((row, context) -> run(row))
                .findOne();
    }

    private static AudienceRun run(ResultSet row) throws SQLException {
        return new AudienceRun(
                row.getObject("id", UUID.class),
                new Sandbox(row.getString("sandbox")),
                new Journey(row.getObject("journey_id", UUID.class), row.getString("journey"), row.getInt("version")),
                row.getString("state"),
                UploadState.of(row.getString("upload")),
                row.getInt("per_second"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                new Counts(
                        row.getLong("accepted"),
                        row.getLong("begun"),
                        row.getLong("inside"),
                        row.getLong("too_soon"),
                        row.getLong("others")));
    }

    private static Instant time(Cursor cursor) {
        return Times.parse(cursor.key().get(0)).orElseThrow(() -> new CursorInvalidException(null));
    }

    private static UUID id(Cursor cursor) {
        try {
            return UUID.fromString(cursor.key().get(1));
        } catch (IllegalArgumentException notOurs) {
            throw new CursorInvalidException(notOurs);
        }
    }

    private static OffsetDateTime time(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
