package dev.onward.limit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One configuration as it is stored.
 *
 * @param document JSON text, as it was sent last
 * @param deployed JSON text of what is in force; empty when nothing is
 * @param state {@code created}, {@code updated} or {@code deployed}
 */
record LimitConfig(
        UUID uid,
        Sandbox sandbox,
        LimitKind kind,
        String document,
        Optional<String> deployed,
        String state,
        Stamp created,
        Stamp modified,
        Optional<Stamp> lastDeployed) {

    /**
     * When something was done, and by whom.
     *
     * @param by the id of an API key
     */
    record Stamp(Instant at, String by) {}

    JsonNode json() {
        return parsed(document);
    }

    boolean isDeployed() {
        return deployed.isPresent();
    }

    static JsonNode parsed(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
