package dev.onward.journey.entry;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.database.ChangeFeed;
import dev.onward.database.Database;
import dev.onward.journey.definition.EventSamples;
import dev.onward.journey.definition.JourneyException;
import dev.onward.journey.definition.JourneyIssue;
import dev.onward.journey.definition.JourneyReader;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Cursor;
import dev.onward.value.Issues;
import dev.onward.value.JsonBuffer;
import dev.onward.value.MemberReader;
import dev.onward.value.Page;
import dev.onward.value.StrictJson;
import dev.onward.value.Times;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** What events look like, as authors declare it. Every method blocks. Thread-safe. */
@ApplicationScoped
public class EventDefinitions implements EventSamples {

    private static final String ROWS =
            "SELECT sandbox, name, version, sample, changed_at, changed_by FROM onward.event_definition WHERE sandbox = ?";

    private static final String SUMMARIES = """
            SELECT name, version, changed_at, changed_by FROM onward.event_definition
            WHERE sandbox = ? AND name > ? ORDER BY name LIMIT ?""";

    private final Database database;
    private final ChangeFeed changes;
    private final Clock clock;

    EventDefinitions(Database database, ChangeFeed changes, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * A declared event.
     *
     * @param sample of its payload, an object
     */
    public record Declared(String name, int version, JsonNode sample, Instant changedAt, String changedBy) {

        /** Another one for each state, that of an event declared again under an old name included. */
        String tag() {
            return version + "-" + Long.toString(changedAt.toEpochMilli(), Character.MAX_RADIX);
        }

        ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", name);
            json.set("sample", sample);
            return json.put("version", version)
                    .put("changedAt", Times.text(changedAt))
                    .put("changedBy", changedBy);
        }
    }

    /** A declared event without its sample: a thousand of them would be a gibibyte. */
    record Summary(String name, int version, Instant changedAt, String changedBy) {

        ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("name", name)
                    .put("version", version)
                    .put("changedAt", Times.text(changedAt))
                    .put("changedBy", changedBy);
        }
    }

    @Override
    public Optional<JsonNode> sample(Sandbox sandbox, String event) {
        return database.jdbi()
                .withHandle(handle -> find(handle, sandbox, event, ""))
                .map(Declared::sample);
    }

    Declared get(Sandbox sandbox, String name) {
        return database.jdbi()
                .withHandle(handle -> find(handle, sandbox, name, ""))
                .orElseThrow(() -> missing(name));
    }

    /**
     * Declares an event.
     *
     * @throws dev.onward.value.InvalidException with every fault of the document
     * @throws JourneyException when it is declared already
     */
    public Declared create(Sandbox sandbox, JsonNode document, String author) {
        Issues issues = new Issues();
        Optional<Asked> asked = read(document, issues);
        issues.throwIfErrors();
        Asked event = asked.orElseThrow();
        return database.jdbi().inTransaction(handle -> {
            int inserted =
                    handle.execute("""
                    INSERT INTO onward.event_definition (sandbox, name, version, sample, changed_at, changed_by)
                    VALUES (?, ?, 1, ?, ?, ?) ON CONFLICT DO NOTHING""", sandbox.name(), event.name(), JsonBuffer.textOf(event.sample()), now(), author);
            if (inserted == 0) {
                throw new JourneyException(
                        JourneyException.Reason.ALREADY_EXISTS,
                        "the event '" + event.name() + "' is declared already; PUT replaces its sample");
            }
            return changed(handle, sandbox, event.name());
        });
    }

    /** Replaces a sample. */
    public Declared replace(
            Sandbox sandbox, String name, JsonNode document, String author, Predicate<String> precondition) {
        Issues issues = new Issues();
        JsonNode sent = document.path("name");
        if (sent.isTextual() && !sent.textValue().equals(name)) {
            String message = "'name' must be the path's '" + name + "'";
            issues.error(JsonPointer.compile("/name"), JourneyIssue.NAME_MISMATCH, message);
        }
        Optional<Asked> asked = read(document, issues);
        issues.throwIfErrors();
        return database.jdbi().inTransaction(handle -> {
            lock(handle, sandbox, name, precondition);
            handle.execute("""
                    UPDATE onward.event_definition SET version = version + 1, sample = ?, changed_at = ?, changed_by = ?
                    WHERE sandbox = ? AND name = ?""", JsonBuffer.textOf(asked.orElseThrow().sample()), now(), author, sandbox.name(), name);
            return changed(handle, sandbox, name);
        });
    }

    void delete(Sandbox sandbox, String name, Predicate<String> precondition) {
        database.jdbi().useTransaction(handle -> {
            lock(handle, sandbox, name, precondition);
            handle.execute("DELETE FROM onward.event_definition WHERE sandbox = ? AND name = ?", sandbox.name(), name);
            changes.publish(handle, TOPIC, sandbox.name() + "/" + name);
        });
    }

    /** The declared events by name. */
    Page<Summary> list(Sandbox sandbox, String afterName, int limit) {
        List<Summary> rows = database.jdbi()
                .withHandle(handle -> handle.select(SUMMARIES, sandbox.name(), afterName, limit + 1)
                        .map((row, context) -> summary(row))
                        .list());
        return Page.of(rows, limit, row -> new Cursor(List.of(row.name())));
    }

    /**
     * Checks a declaration; nothing is stored.
     *
     * @throws dev.onward.value.InvalidException with every fault of the document
     */
    public static void check(JsonNode document) {
        Issues issues = new Issues();
        read(document, issues);
        issues.throwIfErrors();
    }

    private record Asked(String name, JsonNode sample) {}

    private static Optional<Asked> read(JsonNode document, Issues issues) {
        return MemberReader.of(document, JsonPointer.empty(), issues).flatMap(reader -> {
            Optional<String> name = reader.require("name", reader.string("name", JourneyReader.EVENT_NAME));
            Optional<MemberReader> sample = reader.requireObject("sample");
            reader.ignore(Set.of("version", "changedAt", "changedBy"));
            reader.finish();
            return name.isPresent() && sample.isPresent()
                    ? Optional.of(new Asked(name.get(), document.path("sample")))
                    : Optional.empty();
        });
    }

    private Declared changed(Handle handle, Sandbox sandbox, String name) {
        changes.publish(handle, TOPIC, sandbox.name() + "/" + name);
        return find(handle, sandbox, name, "").orElseThrow();
    }

    private static void lock(Handle handle, Sandbox sandbox, String name, Predicate<String> precondition) {
        Declared present = find(handle, sandbox, name, " FOR UPDATE").orElseThrow(() -> missing(name));
        if (!precondition.test(present.tag())) {
            throw new JourneyException(
                    JourneyException.Reason.PRECONDITION_FAILED,
                    "the event has changed: its tag is now \"" + present.tag() + "\"; read it again");
        }
    }

    /** A name that cannot be one is simply not there; it never reaches the database. */
    private static Optional<Declared> find(Handle handle, Sandbox sandbox, String name, String lock) {
        if (!JourneyReader.EVENT_NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return handle.select(ROWS + " AND name = ?" + lock, sandbox.name(), name)
                .map((row, context) -> row(row))
                .findOne();
    }

    private static Declared row(ResultSet row) throws SQLException {
        return new Declared(
                row.getString("name"),
                row.getInt("version"),
                StrictJson.read(row.getString("sample").getBytes(StandardCharsets.UTF_8)),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                row.getString("changed_by"));
    }

    private static Summary summary(ResultSet row) throws SQLException {
        return new Summary(
                row.getString("name"),
                row.getInt("version"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                row.getString("changed_by"));
    }

    private static JourneyException missing(String name) {
        return new JourneyException(
                JourneyException.Reason.NOT_FOUND, "no event '" + name + "' is declared in this sandbox");
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
