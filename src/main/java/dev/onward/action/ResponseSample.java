package dev.onward.action;

import dev.onward.value.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of an answer.
 *
 * @param payload which fields of its body; empty keeps none
 * @param headers which of its headers, by name, and as which fields; never a secret one
 */
public record ResponseSample(Optional<Shape> payload, Map<String, String> headers) {

    /** Keeps nothing. */
    static final ResponseSample NONE = new ResponseSample(Optional.empty(), Map.of());

    public ResponseSample {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Whether nothing at all is kept. */
    public boolean isEmpty() {
        return payload.isEmpty() && headers.isEmpty();
    }
}
