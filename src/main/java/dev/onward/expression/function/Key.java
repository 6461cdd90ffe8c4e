package dev.onward.expression.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.value.ListValue;
import dev.onward.expression.value.ObjectValue;
import dev.onward.expression.value.TextValue;
import dev.onward.expression.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Value#key} whose every comparison takes steps: values made to have one hash code would else make a hash set
 * as slow as a list. Used by the thread of its evaluation.
 */
final class Key {

    private static final int CHARACTERS_PER_STEP = 64;

    private final Object key;
    private final int hash;
    private final long weight;
    private final Evaluation evaluation;

    private Key(Object key, long weight, Evaluation evaluation) {
        this.key = key;
        this.hash = key.hashCode();
        this.weight = weight;
        this.evaluation = evaluation;
    }

    /** The key of a value; takes the steps of computing it, but none for a short scalar. */
    static Key of(Value value, Evaluation evaluation) {
        long weight = weight(value);
        evaluation.charge(weight);
        return new Key(value.key(), weight, evaluation);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Key that) || hash != that.hash) {
            return false;
        }
        evaluation.charge(1 + weight);
        return key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    private static long weight(Value value) {
        if (value instanceof TextValue text) {
            return text.text().length() / CHARACTERS_PER_STEP;
        }
        return value instanceof ObjectValue || value instanceof ListValue ? nodes(value.json()) : 0;
    }

    private static long nodes(JsonNode node) {
        long nodes = 1;
        if (node.isTextual()) {
            nodes += node.textValue().length() / CHARACTERS_PER_STEP;
        }
        for (JsonNode child : node) {
            nodes += nodes(child);
        }
        return nodes;
    }
}
