package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.database.Database;
import dev.onward.database.StoredText;
import dev.onward.journey.instance.Instance.JourneyVersion;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Cursor;
import dev.onward.value.CursorInvalidException;
import dev.onward.value.Page;
import dev.onward.value.StrictJson;
import dev.onward.value.Times;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads instances and step events. Blocking, thread-safe. */
@ApplicationScoped
class InstanceReads {

    private static final String STEPS = """
            SELECT e.instance_id, e.number, e.at, e.journey, e.profile_id, e.step_id, e.status, e.record, i.journey_id,
                i.version, i.run_id, i.event_id, i.is_reentrance,
                b.step_id AS before, coalesce(b.at, i.started_at) AS entered_at,
                i.state = 'ended' AND e.number = i.steps - 1 AS is_last
            FROM onward.step_event e JOIN onward.journey_instance i ON i.id = e.instance_id
                LEFT JOIN onward.step_event b ON b.instance_id = e.instance_id AND b.number = e.number - 1
            """;

    private final Database database;

    InstanceReads(Database database) {
        this.database = database;
    }

    /**
     * A recorded step with the instance that it belongs to.
     *
     * @param before the id of the step before it
     * @param enteredAt when the instance came to the step
     * @param isLast whether the instance ended with it
     */
    record StepEvent(
            UUID instance,
            JourneyVersion journey,
            String profileId,
            Origin origin,
            Optional<String> before,
            Instant enteredAt,
            boolean isLast,
            StepRecord step) {

        /** From coming to the step to its record; never negative, whatever the clocks of several processes say. */
        Duration processing() {
            Duration processing = Duration.between(enteredAt, step.at());
            return processing.isNegative() ? Duration.ZERO : processing;
        }
    }

    /**
     * How an instance began.
     *
     * @param run the audience run that brought the profile; empty when an event did
     * @param eventId which event; empty for one that began before this was kept, too
     * @param isAgain whether the profile had been inside before
     */
    record Origin(Optional<UUID> run, Optional<String> eventId, boolean isAgain) {}

    /**
     * Which step events are asked for; what is empty is not asked.
     *
     * @param from at or after
     * @param to before
     */
    record Filter(
            Optional<String> journey,
            Optional<String> profile,
            Optional<UUID> instance,
            Optional<String> step,
            Optional<String> status,
            Optional<Instant> from,
            Optional<Instant> to) {}

    Optional<InstanceRow> find(Sandbox sandbox, UUID id) {
        return database.jdbi()
                .withHandle(handle -> handle.select(
                                "SELECT " + InstanceRow.COLUMNS
                                        + " FROM onward.journey_instance i WHERE i.id = ? AND i.sandbox = ?",
                                id,
                                sandbox.name())
                        .map((row, context) -> InstanceRow.read(row))
                        .findOne());
    }

    /** The instances of a journey, a profile or both, newest first. */
    Page<InstanceRow> list(
            Sandbox sandbox, Optional<String> journey, Optional<String> profile, Optional<Cursor> cursor, int limit) {
        List<InstanceRow> rows = database.jdbi().withHandle(handle -> {
            Query query = handle.createQuery(
                            "SELECT " + InstanceRow.COLUMNS_WITHOUT_DATA + " FROM onward.journey_instance i"
                                    + " WHERE i.sandbox = :sandbox"
                                    + (journey.isPresent() ? " AND i.journey = :journey" : "")
                                    + (profile.isPresent() ? " AND i.profile_id = :profile" : "")
                                    + (cursor.isPresent() ? " AND (i.started_at, i.id) < (:at, :id)" : "")
                                    + " ORDER BY i.started_at DESC, i.id DESC LIMIT :limit")
                    .bind("sandbox", sandbox.name())
                    .bind("limit", limit + 1);
            journey.ifPresent(name -> query.bind("journey", StoredText.escape(name)));
            profile.ifPresent(id -> query.bind("profile", StoredText.escape(id)));
            cursor.ifPresent(
                    at -> query.bind("at", InstanceRow.stored(time(at))).bind("id", id(at)));
            return query.map((row, context) -> InstanceRow.read(row)).list();
        });
        return Page.of(
                rows,
                limit,
                row -> new Cursor(List.of(
                        row.instance().startedAt().toString(),
                        row.instance().id().toString())));
    }

    /** The steps of an instance, in order. */
    List<StepEvent> steps(UUID instance) {
        return database.jdbi()
                .withHandle(handle -> handle.select(STEPS + "WHERE e.instance_id = ? ORDER BY e.number", instance)
                        .map((row, context) -> step(row))
                        .list());
    }

    /** Step events, newest first. */
    Page<StepEvent> steps(Sandbox sandbox, Filter filter, Optional<Cursor> cursor, int limit) {
        List<StepEvent> rows = database.jdbi()
                .withHandle(handle -> query(handle, sandbox, filter, cursor)
                        .bind("limit", limit + 1)
                        .map((row, context) -> step(row))
                        .list());
        return Page.of(
                rows,
                limit,
                row -> new Cursor(List.of(
                        row.step().at().toString(),
                        row.instance().toString(),
                        Integer.toString(row.step().number()))));
    }

    private static Query query(Handle handle, Sandbox sandbox, Filter filter, Optional<Cursor> cursor) {
        String where = Stream.of(
                        filter.journey().map(any -> "e.journey = :journey"),
                        filter.profile().map(any -> "e.profile_id = :profile"),
                        filter.instance().map(any -> "e.instance_id = :instance"),
                        filter.step().map(any -> "e.step_id = :step"),
                        filter.status().map(any -> "e.status = :status"),
                        filter.from().map(any -> "e.at >= :from"),
                        filter.to().map(any -> "e.at < :to"),
                        cursor.map(any -> "(e.at, e.instance_id, e.number) < (:at, :id, :number)"))
                .flatMap(Optional::stream)
                .map(condition -> " AND " + condition)
                .reduce("", String::concat);
        Query query = handle.createQuery(STEPS + "WHERE e.sandbox = :sandbox" + where
                        + " ORDER BY e.at DESC, e.instance_id DESC, e.number DESC LIMIT :limit")
                .bind("sandbox", sandbox.name());
        bind(query, "journey", filter.journey());
        bind(query, "profile", filter.profile());
        filter.instance().ifPresent(id -> query.bind("instance", id));
        bind(query, "step", filter.step());
        bind(query, "status", filter.status());
        filter.from().ifPresent(from -> query.bind("from", InstanceRow.stored(from)));
        filter.to().ifPresent(to -> query.bind("to", InstanceRow.stored(to)));
        cursor.ifPresent(at -> query.bind("at", InstanceRow.stored(time(at)))
                .bind("id", id(at))
                .bind("number", number(at)));
        return query;
    }

    private static void bind(Query query, String name, Optional<String> value) {
        value.ifPresent(text -> query.bind(name, StoredText.escape(text)));
    }

    private static StepEvent step(ResultSet row) throws SQLException {
        JsonNode record = StrictJson.readStored(row.getString("record"));
        StepRecord step = new StepRecord(
                row.getInt("number"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("step_id"),
                row.getString("status"),
                (ObjectNode) record);
        return new StepEvent(
                row.getObject("instance_id", UUID.class),
                new JourneyVersion(
                        row.getObject("journey_id", UUID.class), row.getString("journey"), row.getInt("version")),
                StoredText.unescape(row.getString("profile_id")),
                new Origin(
                        Optional.ofNullable(row.getObject("run_id", UUID.class)),
                        Optional.ofNullable(row.getString("event_id")).map(StoredText::unescape),
                        row.getBoolean("is_reentrance")),
                Optional.ofNullable(row.getString("before")),
                row.getObject("entered_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("is_last"),
                step);
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

    private static int number(Cursor cursor) {
        try {
            return Integer.parseInt(cursor.key().get(2));
        } catch (NumberFormatException notOurs) {
            throw new CursorInvalidException(notOurs);
        }
    }
}
