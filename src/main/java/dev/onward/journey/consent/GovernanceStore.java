package dev.onward.journey.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.database.ChangeFeed;
import dev.onward.database.Database;
import dev.onward.journey.definition.JourneyException;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.JsonBuffer;
import dev.onward.value.StrictJson;
import dev.onward.value.Tags;
import dev.onward.value.Times;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Labels and policies of each sandbox in PostgreSQL. Blocking, thread-safe. */
@ApplicationScoped
public class GovernanceStore {

    /** The topic of {@link ChangeFeed} that tells of a change; its key is the sandbox. */
    public static final String TOPIC = "governance";

    private final Database database;
    private final ChangeFeed changes;
    private final Clock clock;

    GovernanceStore(Database database, ChangeFeed changes, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.clock = clock;
    }

    /** What holds in a sandbox. */
    public Governance find(Sandbox sandbox) {
        return document(sandbox).map(Governance::read).orElse(Governance.NONE);
    }

    /** The document as it is shown. */
    JsonNode shown(Sandbox sandbox) {
        return document(sandbox).orElseGet(GovernanceStore::nothing);
    }

    private static JsonNode nothing() {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        nothing.putObject("labels");
        nothing.putArray("policies");
        return nothing;
    }

    /**
     * Replaces labels and policies. Journeys that are live stay live.
     *
     * @param precondition whether a tag of the present ones is the expected one
     * @throws dev.onward.value.InvalidException with every fault of the document
     * @throws JourneyException when the precondition does not hold
     */
    void replace(Sandbox sandbox, JsonNode document, String author, Predicate<String> precondition) {
        Governance.read(document);
        ObjectNode stamped = document.deepCopy();
        stamped.put("changedAt", Times.text(clock.instant())).put("changedBy", author);
        database.jdbi().useTransaction(handle -> {
            String present = Tags.of(document(handle, sandbox, " FOR UPDATE").orElseGet(GovernanceStore::nothing));
            if (!precondition.test(present)) {
                throw new JourneyException(
                        JourneyException.Reason.PRECONDITION_FAILED,
                        "labels and policies have changed: their tag is now \"" + present + "\"; read them again");
            }
            handle.execute(
                    """
                    INSERT INTO onward.governance (sandbox, document, changed_at) VALUES (?, ?, ?)
                    ON CONFLICT (sandbox) DO UPDATE SET document = excluded.document, changed_at = excluded.changed_at""",
                    sandbox.name(),
                    JsonBuffer.textOf(stamped),
                    OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            changes.publish(handle, TOPIC, sandbox.name());
        });
    }

    private Optional<JsonNode> document(Sandbox sandbox) {
        return database.jdbi().withHandle(handle -> document(handle, sandbox, ""));
    }

    private static Optional<JsonNode> document(Handle handle, Sandbox sandbox, String lock) {
        return handle.select("SELECT document FROM onward.governance WHERE sandbox = ?" + lock, sandbox.name())
                .mapTo(String.class)
                .findOne()
                .map(text -> StrictJson.read(text.getBytes(StandardCharsets.UTF_8)));
    }
}
