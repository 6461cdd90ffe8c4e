package dev.onward.action;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * One version of an action as it is stored: the document is text.
 *
 * @param id of the action
 * @param version from 1
 * @param document JSON text of the definition
 */
record StoredAction(
        UUID id, Sandbox sandbox, String name, int version, String document, Instant createdAt, String createdBy) {

    /** The definition as it was sent. */
    JsonNode json() {
        return StrictJson.read(document.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link Action#tag()}. */
    String tag() {
        return Action.tag(id, version);
    }
}
