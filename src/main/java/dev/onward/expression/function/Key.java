package dev.onward.expression.function;

import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.evaluation.Weight;
import dev.onward.expression.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Value#key} whose every comparison takes steps: values made to have one hash code would else make a hash set
 * as slow as a list. Used by the thread of its evaluation.
 */
final class Key {

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
        long weight = Weight.of(value);
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
}
