package dev.onward.expression.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.expression.value.ListValue;
import dev.onward.expression.value.ObjectValue;
import dev.onward.expression.value.TextValue;
import dev.onward.expression.value.Value;

/** How many steps it takes to look at all of a value. */
public final class Weight {

    private Weight() {}

    /** None for a short scalar. */
    public static long of(Value value) {
        if (value instanceof TextValue text) {
            return text.text().length() / Evaluation.CHARACTERS_PER_STEP;
        }
        if (value instanceof ListValue list) {
            long weight = 1;
            for (Value item : list.items()) {
                weight += 1 + of(item);
            }
            return weight;
        }
        return value instanceof ObjectValue object ? of(object.members()) : 0;
    }

    /** One for every node. */
    private static long of(JsonNode node) {
        long weight = 1;
        if (node.isTextual()) {
            weight += node.textValue().length() / Evaluation.CHARACTERS_PER_STEP;
        }
        for (JsonNode child : node) {
            weight += of(child);
        }
        return weight;
    }
}
