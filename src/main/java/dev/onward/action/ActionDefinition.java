package dev.onward.action;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.CallPolicy;
import dev.onward.template.Template;
import dev.onward.value.Parameter;
import dev.onward.value.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A valid, compiled description of one HTTP operation. Immutable.
 *
 * @param name matches {@code [A-Za-z0-9_]{1,30}}
 * @param parameters by name, in the order of their declaration
 * @param payload renders the body; empty for a request without one
 * @param response which fields of a good answer are kept; empty keeps none
 * @param errorResponse which fields of a bad answer are kept; empty keeps none
 * @param success what a 2xx must say besides; empty when every 2xx is a success
 * @param policy patience: window, attempts, retries, what the log keeps
 * @param document the definition as it was sent, without what only answers show
 */
public record ActionDefinition(
        String name,
        Endpoint endpoint,
        Map<String, Parameter> parameters,
        Optional<Template> payload,
        Optional<Shape> response,
        Optional<Shape> errorResponse,
        Optional<SuccessRule> success,
        CallPolicy policy,
        JsonNode document) {

    public ActionDefinition {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
