package dev.onward.journey.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One version of a journey with the journey's present state.
 *
 * @param id of the journey; a name that is used again after a deletion gets a new one
 * @param version of the document, from 1
 * @param document JSON text
 * @param liveVersion which version events begin; empty before the first publication
 */
public record StoredJourney(
        UUID id,
        Sandbox sandbox,
        String name,
        JourneyState state,
        int version,
        String document,
        Optional<Integer> liveVersion,
        Stamps stamps) {

    /** Who made and published a version, and when. */
    public record Stamps(
            Instant createdAt, String createdBy, Optional<Instant> publishedAt, Optional<String> publishedBy) {}

    /** The document as it was sent. */
    public JsonNode json() {
        return StrictJson.read(document.getBytes(StandardCharsets.UTF_8));
    }

    /** The tag of this state (RFC 9110 §8.8.3), quotes aside. */
    public String tag() {
        return id.toString().substring(0, 8) + "-" + version + "-" + state.wireName()
                + liveVersion.map(live -> "-" + live).orElse("");
    }

    /** The same in another state. */
    public StoredJourney as(JourneyState other) {
        return new StoredJourney(id, sandbox, name, other, version, document, liveVersion, stamps);
    }

    /** Whether events begin a version of it, or would if it were not paused. */
    public boolean isInForce() {
        return state == JourneyState.LIVE || state == JourneyState.PAUSED;
    }
}
