package dev.onward.credential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.value.Times;
import java.time.Instant;
import java.util.Optional;

/** What stands in documents instead of a secret: {@code {"set": true, "updatedAt": "…"}}. */
final class SecretMarker {

    private static final String SET = "set";
    private static final String UPDATED_AT = "updatedAt";

    private SecretMarker() {}

    /** The form in which a stored document holds it. */
    static ObjectNode stored() {
        return JsonNodeFactory.instance.objectNode().put(SET, true);
    }

    /** The form that readers see. */
    static ObjectNode shown(Optional<Instant> updatedAt) {
        ObjectNode marker = JsonNodeFactory.instance.objectNode().put(SET, updatedAt.isPresent());
        updatedAt.ifPresent(at -> marker.put(UPDATED_AT, Times.text(at)));
        return marker;
    }

    /** Whether it is a marker, whatever it says. */
    static boolean is(JsonNode node) {
        return node.isObject() && node.path(SET).isBoolean() && node.size() == (node.has(UPDATED_AT) ? 2 : 1);
    }
}
