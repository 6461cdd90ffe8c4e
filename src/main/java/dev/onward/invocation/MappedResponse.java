package dev.onward.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.call.Outcome;
import dev.onward.secret.Masker;
import dev.onward.value.Issue;
import java.util.List;
import java.util.Optional;

/**
 * What an answer gave, after mapping.
 *
 * @param outcome the call's, or {@code failed} when the answer itself says so
 * @param response the fields of the response sample that a good answer had
 * @param errorResponse the fields of the error sample that a bad answer had
 * @param warnings fields that were of another type, bodies that were no JSON
 */
record MappedResponse(
        Outcome outcome, Optional<JsonNode> response, Optional<JsonNode> errorResponse, List<Issue> warnings) {

    MappedResponse {
        warnings = List.copyOf(warnings);
    }

    /** The same without the secrets that a provider may have sent back. */
    MappedResponse masked(Masker masker) {
        return masker.isEmpty()
                ? this
                : new MappedResponse(
                        outcome,
                        response.map(json -> masked(json, masker)),
                        errorResponse.map(json -> masked(json, masker)),
                        warnings);
    }

    private static JsonNode masked(JsonNode json, Masker masker) {
        if (json.isTextual()) {
            String text = masker.mask(json.textValue());
            return text.equals(json.textValue()) ? json : TextNode.valueOf(text);
        }
        if (json.isNumber()) {
            // Digits of a secret inside a longer number are no secret: only a whole one gives it away.
            return masker.mask(json.asText()).equals(Masker.MASK) ? TextNode.valueOf(Masker.MASK) : json;
        }
        if (json instanceof ObjectNode object) {
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(member -> shown.set(masker.mask(member.getKey()), masked(member.getValue(), masker)));
            return shown;
        }
        if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, masked(array.get(i), masker));
            }
        }
        return json;
    }
}
