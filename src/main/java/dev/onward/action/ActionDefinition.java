package dev.onward.action;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.CallPolicy;
import dev.onward.credential.CredentialUse;
import dev.onward.value.Parameter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A valid, compiled description of one HTTP operation. Immutable.
 *
 * @param name matches {@code [A-Za-z0-9_]{1,30}}
 * @param parameters by name, in the order of their declaration
 * @param body what is sent as the body
 * @param response what is kept of a good answer
 * @param errorResponse what is kept of a bad answer
 * @param success what a 2xx must say besides; empty when every 2xx is a success
 * @param policy patience: window, attempts, retries, what the log keeps
 * @param durability how long a call that was accepted with 202 is tried
 * @param credential how it proves itself
 * @param document the definition as it was sent, without what only answers show, and with markers for its secrets
 */
public record ActionDefinition(
        String name,
        Endpoint endpoint,
        Map<String, Parameter> parameters,
        RequestBody body,
        ResponseSample response,
        ResponseSample errorResponse,
        Optional<SuccessRule> success,
        CallPolicy policy,
        Durability durability,
        CredentialUse credential,
        JsonNode document) {

    public ActionDefinition {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
