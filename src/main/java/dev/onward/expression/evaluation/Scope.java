package dev.onward.expression.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.expression.tree.Source;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What an expression sees. Immutable, as long as nobody changes the JSON.
 *
 * @param data per source an object: {@code {Event: payload}}, {@code {DataSource: {FieldGroup: data}}},
 *     {@code {Action: response}}, {@code {Activity: {entities: […]}}}; a source may be left out
 * @param audiences the profile's audiences by name
 * @param properties of the journey, by name
 * @param now what {@code now()} answers, the same during the whole evaluation
 */
public record Scope(
        Map<Source, JsonNode> data, Map<String, AudienceStatus> audiences, JsonNode properties, Instant now) {

    public Scope {
        data = data.isEmpty() ? Map.of() : new EnumMap<>(data);
        audiences = Map.copyOf(audiences);
    }

    /** Without any data. */
    public static Scope empty(Instant now) {
        return new Scope(Map.of(), Map.of(), JsonNodeFactory.instance.objectNode(), now);
    }

    /** The data of a source; a missing node when there is none. */
    public JsonNode data(Source source) {
        return data.getOrDefault(source, JsonNodeFactory.instance.missingNode());
    }
}
