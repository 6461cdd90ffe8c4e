package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.ValueIssue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a payload template and its parameters from a sample: {@code {"payload": <sample>, "variables": ["/to"]}} gives
 * {@code {"payload": <template>, "parameters": {…}}}, which go into a definition as they are.
 */
final class Inference {

    private Inference() {}

    /**
     * The template and its parameters.
     *
     * @throws dev.onward.value.InvalidException with every fault of the request
     */
    static ObjectNode infer(JsonNode request) {
        Issues issues = new Issues();
        Optional<ObjectNode> answer = MemberReader.of(request, JsonPointer.empty(), issues)
                .flatMap(reader -> {
                    Optional<JsonNode> sample = reader.require("payload", reader.any("payload"));
                    List<JsonPointer> variables = reader.array("variables")
                            .map(array -> pointers(array, reader))
                            .orElse(List.of());
                    reader.finish();
                    return sample.map(payload -> answer(payload, variables, reader));
                });
        issues.throwIfErrors();
        return answer.orElseThrow();
    }

    private static ObjectNode answer(JsonNode sample, List<JsonPointer> variables, MemberReader reader) {
        Map<JsonPointer, String> names = ParameterNames.of(checked(sample, variables, reader));
        SampleTemplate template = new SampleTemplate(names, reader.issues());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("payload", template.of(sample, reader.at("payload")));
        answer.set("parameters", template.parameters());
        return answer;
    }

    private static List<JsonPointer> pointers(JsonNode array, MemberReader reader) {
        List<JsonPointer> pointers = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            JsonPointer at = reader.at("variables").appendIndex(i);
            if (array.get(i).isTextual()) {
                Pointers.parse(array.get(i).textValue(), at, reader.issues()).ifPresent(pointers::add);
            } else {
                reader.issues().error(at, ValueIssue.WRONG_TYPE, "a JSON pointer such as \"/to\" is expected");
            }
        }
        return pointers;
    }

    /** Those that lead somewhere and lie below no other. */
    private static List<JsonPointer> checked(JsonNode sample, List<JsonPointer> variables, MemberReader reader) {
        Map<String, JsonPointer> seen = new LinkedHashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            JsonPointer variable = variables.get(i);
            JsonPointer at = reader.at("variables").appendIndex(i);
            if (sample.at(variable).isMissingNode()) {
                String message = "the sample has nothing at '" + variable + "'";
                reader.issues().error(at, ActionIssue.VARIABLE_NOT_FOUND, message);
            } else if (variables.stream().anyMatch(other -> isBelow(variable, other))) {
                String message = "'" + variable + "' lies below another variable; list only the outer one";
                reader.issues().error(at, ActionIssue.VARIABLE_OVERLAPS, message);
            } else {
                seen.put(variable.toString(), variable);
            }
        }
        return List.copyOf(seen.values());
    }

    private static boolean isBelow(JsonPointer inner, JsonPointer outer) {
        return !inner.equals(outer) && inner.toString().startsWith(outer + "/");
    }
}
