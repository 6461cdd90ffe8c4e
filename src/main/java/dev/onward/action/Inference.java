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

    private static final int MAX_VARIABLES = 500;

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
                    Map<JsonPointer, JsonPointer> variables = reader.array("variables")
                            .map(array -> pointers(array, reader))
                            .orElse(Map.of());
                    reader.finish();
                    return sample.map(payload -> answer(payload, variables, reader));
                });
        issues.throwIfErrors();
        return answer.orElseThrow();
    }

    private static ObjectNode answer(JsonNode sample, Map<JsonPointer, JsonPointer> variables, MemberReader reader) {
        Map<JsonPointer, String> names = ParameterNames.of(checked(sample, variables, reader));
        SampleTemplate template = new SampleTemplate(names, reader.issues());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("payload", template.of(sample, reader.at("payload")));
        answer.set("parameters", template.parameters());
        return answer;
    }

    /** The listed pointers, each with the place where it stands in the request. */
    private static Map<JsonPointer, JsonPointer> pointers(JsonNode array, MemberReader reader) {
        Map<JsonPointer, JsonPointer> pointers = new LinkedHashMap<>();
        if (array.size() > MAX_VARIABLES) {
            String message = "'variables' may list " + MAX_VARIABLES + " pointers, found " + array.size();
            reader.issues().error(reader.at("variables"), ValueIssue.OUT_OF_RANGE, message);
            return pointers;
        }
        for (int i = 0; i < array.size(); i++) {
            JsonPointer at = reader.at("variables").appendIndex(i);
            if (array.get(i).isTextual()) {
                Pointers.parse(array.get(i).textValue(), at, reader.issues())
                        .ifPresent(pointer -> pointers.put(pointer, at));
            } else {
                reader.issues().error(at, ValueIssue.WRONG_TYPE, "a JSON pointer such as \"/to\" is expected");
            }
        }
        return pointers;
    }

    /** Those that lead somewhere and lie below no other. */
    private static List<JsonPointer> checked(
            JsonNode sample, Map<JsonPointer, JsonPointer> variables, MemberReader reader) {
        List<JsonPointer> good = new ArrayList<>();
        variables.forEach((variable, at) -> {
            if (sample.at(variable).isMissingNode()) {
                String message = "the sample has nothing at '" + variable + "'";
                reader.issues().error(at, ActionIssue.VARIABLE_NOT_FOUND, message);
            } else if (variables.keySet().stream().anyMatch(other -> isBelow(variable, other))) {
                String message = "'" + variable + "' lies below another variable; list only the outer one";
                reader.issues().error(at, ActionIssue.VARIABLE_OVERLAPS, message);
            } else {
                good.add(variable);
            }
        });
        return good;
    }

    private static boolean isBelow(JsonPointer inner, JsonPointer outer) {
        return !inner.equals(outer) && inner.toString().startsWith(outer + "/");
    }
}
