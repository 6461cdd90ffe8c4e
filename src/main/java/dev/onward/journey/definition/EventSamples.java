package dev.onward.journey.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.sandbox.Sandbox;
import java.util.Optional;

/** What events look like, as somebody declared. Blocking, thread-safe. */
public interface EventSamples {

    /** The topic of {@link dev.onward.database.ChangeFeed} that tells of a changed one. */
    String TOPIC = "event-definition";

    /** A sample of an event's payload, an object; empty when none was declared. */
    Optional<JsonNode> sample(Sandbox sandbox, String event);
}
