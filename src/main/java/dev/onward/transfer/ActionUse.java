package dev.onward.transfer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A step of a journey that runs an action.
 *
 * @param at the step, within the journey
 * @param version that it is held to
 */
record ActionUse(JsonPointer at, String action, Optional<Integer> version) {

    private static final String VERSION = "actionVersion";
    private static final Set<String> STEP_LISTS = Set.of("steps", "then", "else", "onError");

    /** Every one in a document, which may have faults. */
    static List<ActionUse> of(JsonNode journey) {
        List<ActionUse> uses = new ArrayList<>();
        collect(journey, JsonPointer.empty(), uses);
        return uses;
    }

    /** The journey with other versions in its steps; a step that gets none is held to none. */
    static JsonNode withVersions(JsonNode journey, Function<ActionUse, Optional<Integer>> version) {
        JsonNode other = journey.deepCopy();
        for (ActionUse use : of(journey)) {
            ObjectNode step = (ObjectNode) other.at(use.at());
            if (use.version().isPresent()) {
                version.apply(use)
                        .ifPresentOrElse(number -> step.put(VERSION, number.intValue()), () -> step.remove(VERSION));
            }
        }
        return other;
    }

    /** Where the version stands. */
    JsonPointer versionAt() {
        return at.appendProperty(VERSION);
    }

    /** The number of a version, if it can be one. */
    static Optional<Integer> number(JsonNode given) {
        return Optional.of(given)
                .filter(JsonNode::isIntegralNumber)
                .filter(JsonNode::canConvertToInt)
                .map(JsonNode::intValue);
    }

    private static void collect(JsonNode node, JsonPointer at, List<ActionUse> uses) {
        for (var member : node.properties()) {
            if (STEP_LISTS.contains(member.getKey()) && member.getValue().isArray()) {
                JsonPointer list = at.appendProperty(member.getKey());
                for (int i = 0; i < member.getValue().size(); i++) {
                    JsonNode step = member.getValue().get(i);
                    add(step, list.appendIndex(i), uses);
                    collect(step, list.appendIndex(i), uses);
                }
            }
        }
    }

    private static void add(JsonNode step, JsonPointer at, List<ActionUse> uses) {
        if (step.path("action").isTextual()) {
            uses.add(new ActionUse(at, step.path("action").textValue(), number(step.path(VERSION))));
        }
    }
}
