package dev.onward.journey.definition;

import dev.onward.database.ChangeFeed;
import dev.onward.database.Database;
import dev.onward.database.StoredText;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Cursor;
import dev.onward.value.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Journeys in PostgreSQL, tables {@code onward.journey}, {@code journey_version}, {@code journey_action}. Blocking. */
@ApplicationScoped
public class JourneyStore {

    /** The topic of {@link ChangeFeed} that tells of a change; its key is {@code sandbox/name}. */
    public static final String TOPIC = "journey";

    private static final String ROWS = """
            SELECT j.id, j.sandbox, j.name, j.state, j.live_version, v.version, v.document, v.created_at, v.created_by,
                v.published_at, v.published_by
            FROM onward.journey j JOIN onward.journey_version v ON v.journey_id = j.id
            """;

    private static final String INSIDE =
            "SELECT count(*) FROM onward.journey_instance WHERE journey_id = ? AND state <> 'ended'";

    private static final String LEAVING =
            "SELECT count(*) FROM onward.journey_instance WHERE journey_id = ? AND state IN ('waiting', 'held')";

    private final Database database;
    private final ChangeFeed changes;
    private final Clock clock;

    JourneyStore(Database database, ChangeFeed changes, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.clock = clock;
    }

    /** Stores a new journey as a draft; fails when the name is taken. */
    public StoredJourney create(Sandbox sandbox, JourneyDefinition definition, String document, String author) {
        return database.jdbi().inTransaction(handle -> {
            UUID id = UUID.randomUUID();
            int inserted = handle.execute(
                    """
                    INSERT INTO onward.journey (id, sandbox, name, description, version) VALUES (?, ?, ?, ?, 1)
                    ON CONFLICT (sandbox, name) DO NOTHING""", id, sandbox.name(), definition.name(), StoredText.escape(definition.description()));
            if (inserted == 0) {
                throw new JourneyException(
                        JourneyException.Reason.ALREADY_EXISTS,
                        "there is already a journey '" + definition.name() + "'; PUT makes a new version of it");
            }
            addVersion(handle, id, 1, definition, document, author);
            return changed(handle, sandbox, definition.name());
        });
    }

    /** Stores a new latest version; what is live stays live. */
    public StoredJourney replace(
            Sandbox sandbox,
            JourneyDefinition definition,
            String document,
            String author,
            Predicate<String> precondition) {
        return database.jdbi().inTransaction(handle -> {
            StoredJourney latest = lock(handle, sandbox, definition.name(), precondition);
            int version = latest.version() + 1;
            handle.execute(
                    "UPDATE onward.journey SET version = ?, description = ? WHERE id = ?",
                    version,
                    StoredText.escape(definition.description()),
                    latest.id());
            addVersion(handle, latest.id(), version, definition, document, author);
            return changed(handle, sandbox, definition.name());
        });
    }

    /**
     * Changes the state, when a decision about the locked present one allows it.
     *
     * @param next gives what is to be; throws when that may not be
     */
    public StoredJourney move(Sandbox sandbox, String name, String author, Decision next) {
        return database.jdbi().inTransaction(handle -> {
            StoredJourney present = lock(handle, sandbox, name, tag -> true);
            Next wanted = next.of(present);
            if (present.state() == JourneyState.STOPPED && wanted.state() == JourneyState.LIVE) {
                requireNobodyLeaving(handle, present);
            }
            handle.execute(
                    "UPDATE onward.journey SET state = ?, live_version = ? WHERE id = ?",
                    wanted.state().wireName(),
                    wanted.liveVersion().orElse(null),
                    present.id());
            if (!wanted.liveVersion().equals(present.liveVersion())) {
                handle.execute(
                        """
                        UPDATE onward.journey_version SET published_at = ?, published_by = ?
                        WHERE journey_id = ? AND version = ?""",
                        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC),
                        author,
                        present.id(),
                        wanted.liveVersion().orElse(null));
            }
            return changed(handle, sandbox, name);
        });
    }

    /** In a journey that is live again a profile that still leaves it would go on, its wait cut short. */
    private static void requireNobodyLeaving(Handle handle, StoredJourney stopped) {
        long leaving = handle.select(LEAVING, stopped.id()).mapTo(Long.class).one();
        if (leaving > 0) {
            throw new JourneyException(
                    JourneyException.Reason.WRONG_STATE,
                    "the journey '" + stopped.name() + "' is stopped and " + leaving
                            + " profile(s) are still leaving it; publish it when they have left, in a moment");
        }
    }

    /** What becomes of a journey. */
    public record Next(JourneyState state, Optional<Integer> liveVersion) {}

    /** Decides what becomes of a journey. */
    public interface Decision {
        Next of(StoredJourney present);
    }

    /** Removes a journey that is not in force and has nobody inside. */
    public void delete(Sandbox sandbox, String name, Predicate<String> precondition) {
        database.jdbi().useTransaction(handle -> {
            StoredJourney latest = lock(handle, sandbox, name, precondition);
            long inside = handle.select(INSIDE, latest.id()).mapTo(Long.class).one();
            if (latest.isInForce() || inside > 0) {
                throw new JourneyException(
                        JourneyException.Reason.IN_USE,
                        "the journey '" + name + "' is " + latest.state().wireName() + " and has " + inside
                                + " profile(s) inside; stop it and let them leave first");
            }
            handle.execute("DELETE FROM onward.journey WHERE id = ?", latest.id());
            changes.publish(handle, TOPIC, sandbox.name() + "/" + name);
        });
    }

    /** The latest version. */
    public Optional<StoredJourney> latest(Sandbox sandbox, String name) {
        return database.jdbi().withHandle(handle -> latest(handle, sandbox, name));
    }

    /** One version. */
    public Optional<StoredJourney> version(Sandbox sandbox, String name, int version) {
        return database.jdbi()
                .withHandle(handle -> handle.select(
                                ROWS + "WHERE j.sandbox = ? AND j.name = ? AND v.version = ?",
                                sandbox.name(),
                                name,
                                version)
                        .map(JourneyStore::row)
                        .findOne());
    }

    /** One version by the journey's id. */
    public Optional<StoredJourney> version(UUID id, int version) {
        return database.jdbi()
                .withHandle(handle -> handle.select(ROWS + "WHERE j.id = ? AND v.version = ?", id, version)
                        .map(JourneyStore::row)
                        .findOne());
    }

    /** The latest versions of all journeys whose name or description has a text, by name. */
    public Page<StoredJourney> list(Sandbox sandbox, String containing, String afterName, int limit) {
        String found = StoredText.escape(containing);
        List<StoredJourney> rows = database.jdbi()
                .withHandle(handle -> handle.select(ROWS + """
                                WHERE j.sandbox = ? AND v.version = j.version AND j.name > ?
                                    AND (strpos(lower(j.name), lower(?)) > 0 OR strpos(lower(j.description), lower(?)) > 0)
                                ORDER BY j.name LIMIT ?""", sandbox.name(), afterName, found, found, limit + 1)
                        .map(JourneyStore::row)
                        .list());
        return Page.of(rows, limit, row -> new Cursor(List.of(row.name())));
    }

    /** All versions of a journey, newest first. */
    public Page<StoredJourney> versions(Sandbox sandbox, String name, Optional<Integer> before, int limit) {
        List<StoredJourney> rows = database.jdbi()
                .withHandle(handle -> handle.select(
                                ROWS
                                        + "WHERE j.sandbox = ? AND j.name = ? AND v.version < ? ORDER BY v.version DESC LIMIT ?",
                                sandbox.name(),
                                name,
                                before.orElse(Integer.MAX_VALUE),
                                limit + 1)
                        .map(JourneyStore::row)
                        .list());
        return Page.of(rows, limit, row -> new Cursor(List.of(Integer.toString(row.version()))));
    }

    /** The live versions of the journeys of a sandbox that an event begins. */
    public List<StoredJourney> begunBy(Sandbox sandbox, String event) {
        return database.jdbi()
                .withHandle(handle -> handle.select(ROWS + """
                                WHERE j.sandbox = ? AND v.version = j.live_version AND v.event = ?
                                    AND j.state IN ('live', 'paused') ORDER BY j.name""", sandbox.name(), event)
                        .map(JourneyStore::row)
                        .list());
    }

    /** The versions that use an action and are live, or have profiles inside. */
    public List<StoredJourney> usersInForce(Sandbox sandbox, String action) {
        return database.jdbi()
                .withHandle(handle -> handle.select(ROWS + """
                                WHERE j.sandbox = ?
                                    AND EXISTS (SELECT FROM onward.journey_action a WHERE a.journey_id = j.id
                                        AND a.version = v.version AND a.action = ?)
                                    AND (v.version = j.live_version AND j.state IN ('live', 'paused')
                                        OR EXISTS (SELECT FROM onward.journey_instance i WHERE i.journey_id = j.id
                                            AND i.version = v.version AND i.state <> 'ended'))
                                ORDER BY j.name, v.version""", sandbox.name(), action)
                        .map(JourneyStore::row)
                        .list());
    }

    /** How many journeys use an action in their latest or their live version. */
    public int countUsers(Sandbox sandbox, String action) {
        return database.jdbi()
                .withHandle(handle -> handle.select("""
                                SELECT count(DISTINCT j.id) FROM onward.journey_action a
                                JOIN onward.journey j ON j.id = a.journey_id AND a.version IN (j.version, j.live_version)
                                WHERE j.sandbox = ? AND a.action = ?""", sandbox.name(), action)
                        .mapTo(Integer.class)
                        .one());
    }

    private StoredJourney changed(Handle handle, Sandbox sandbox, String name) {
        changes.publish(handle, TOPIC, sandbox.name() + "/" + name);
        return latest(handle, sandbox, name).orElseThrow();
    }

    private static Optional<StoredJourney> latest(Handle handle, Sandbox sandbox, String name) {
        return handle.select(
                        ROWS + "WHERE j.sandbox = ? AND j.name = ? AND v.version = j.version", sandbox.name(), name)
                .map(JourneyStore::row)
                .findOne();
    }

    /** Locks, then reads: one statement for both would look among the versions that it saw before it waited. */
    private static StoredJourney lock(Handle handle, Sandbox sandbox, String name, Predicate<String> precondition) {
        handle.select("SELECT id FROM onward.journey WHERE sandbox = ? AND name = ? FOR UPDATE", sandbox.name(), name)
                .mapTo(UUID.class)
                .findOne();
        StoredJourney latest = latest(handle, sandbox, name).orElseThrow(() -> JourneyException.notFound(name));
        if (!precondition.test(latest.tag())) {
            throw new JourneyException(
                    JourneyException.Reason.PRECONDITION_FAILED,
                    "the journey has changed: its tag is now \"" + latest.tag() + "\"; read it again");
        }
        return latest;
    }

    private void addVersion(
            Handle handle, UUID id, int version, JourneyDefinition definition, String document, String author) {
        handle.execute(
                """
                INSERT INTO onward.journey_version (journey_id, version, document, event, created_at, created_by)
                VALUES (?, ?, ?, ?, ?, ?)""",
                id,
                version,
                document,
                definition.entry().event(),
                OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC),
                author);
        for (Step.Act act : definition.acts()) {
            handle.execute(
                    "INSERT INTO onward.journey_action (journey_id, version, action, pinned) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT DO NOTHING",
                    id,
                    version,
                    act.action(),
                    act.actionVersion().isPresent());
        }
    }

    private static StoredJourney row(ResultSet row, StatementContext context) throws SQLException {
        return new StoredJourney(
                row.getObject("id", UUID.class),
                new Sandbox(row.getString("sandbox")),
                row.getString("name"),
                JourneyState.of(row.getString("state")),
                row.getInt("version"),
                row.getString("document"),
                Optional.ofNullable(row.getObject("live_version", Integer.class)),
                new StoredJourney.Stamps(
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getString("created_by"),
                        instant(row.getObject("published_at", OffsetDateTime.class)),
                        Optional.ofNullable(row.getString("published_by"))));
    }

    private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }
}
