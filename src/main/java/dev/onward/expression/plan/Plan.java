package dev.onward.expression.plan;

import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.value.NullValue;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.util.Optional;

/**
 * A part of an expression that was checked. Immutable and thread-safe.
 *
 * @param type of every value that it has, null aside; {@code any} when it is known at evaluation only
 * @param evaluator gives the value
 * @param constant the value that it always has
 * @param field what is known of the data that the value, or its items, come from
 */
public record Plan(ValueType type, Evaluator evaluator, Optional<Value> constant, Field field) {

    static Plan of(ValueType type, Evaluator evaluator) {
        return new Plan(type, evaluator, Optional.empty(), Field.UNKNOWN);
    }

    /** Always the same value. */
    static Plan constant(Value value, ValueType type) {
        return new Plan(type, evaluation -> value, Optional.of(value), Field.UNKNOWN);
    }

    /** Of a part with an error, so that what is around it can be checked too; never evaluated. */
    static Plan faulty(ValueType type) {
        return of(type, evaluation -> NullValue.NULL);
    }

    /** The same, of which this is known. */
    Plan from(Field origin) {
        return new Plan(type, evaluator, constant, origin);
    }

    boolean isConstant() {
        return constant.isPresent();
    }

    boolean isAny() {
        return type == ValueType.ANY;
    }

    boolean isNumber() {
        return Types.isNumber(type);
    }
}
