package dev.onward.action;

import dev.onward.call.EndpointRules;
import dev.onward.call.HttpMethod;
import dev.onward.egress.Destination;
import dev.onward.template.TextTemplate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where an action's calls go.
 *
 * @param destination the static part: scheme, host, port, path, query
 * @param headers value by name, as registered, in order
 * @param query further query parameters, value by name, in order
 * @param rules what it asks of its callers
 */
public record Endpoint(
        HttpMethod method,
        Destination destination,
        Map<String, TextTemplate> headers,
        Map<String, TextTemplate> query,
        EndpointRules rules) {

    public Endpoint {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    /** The static part of the URL, as text. */
    public String url() {
        return destination.url();
    }
}
