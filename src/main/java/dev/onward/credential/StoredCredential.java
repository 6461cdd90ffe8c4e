package dev.onward.credential;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * A named credential as it is stored: its secrets are elsewhere.
 *
 * @param version from 1, for its tag alone
 * @param document JSON text with markers
 */
record StoredCredential(
        UUID id,
        Sandbox sandbox,
        String name,
        int version,
        String document,
        Instant createdAt,
        String createdBy,
        Instant updatedAt) {

    JsonNode json() {
        return StrictJson.read(document.getBytes(StandardCharsets.UTF_8));
    }

    /** The tag of this state (RFC 9110 §8.8.3), quotes aside. */
    String tag() {
        return id.toString().substring(0, 8) + "-" + version;
    }
}
