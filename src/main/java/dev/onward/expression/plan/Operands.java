package dev.onward.expression.plan;

import dev.onward.expression.operator.Operation;
import dev.onward.expression.value.Conversion;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;

/**
 * Reads text of an operand without a declared type as a time, where the other operand says which: the field
 * {@code "2026-01-31T10:00:00Z"} equals that dateTime, while a string of this text does not.
 */
final class Operands {

    private Operands() {}

    /** The operation, given its checked result: where that is a string, text is joined as it is. */
    static Operation prepare(Operation operation, ValueType result, Plan left, Plan right) {
        if (result == ValueType.STRING) {
            return operation;
        }
        ValueType one = left.type();
        ValueType other = right.type();
        if (left.isAny() && Conversion.isTime(other)) {
            return (a, b, evaluation) -> operation.apply(timeLike(a, other), b, evaluation);
        }
        if (right.isAny() && Conversion.isTime(one)) {
            return (a, b, evaluation) -> operation.apply(a, timeLike(b, one), evaluation);
        }
        return operation;
    }

    /** Beside a duration any time that it can be added to, beside another time that one or a duration. */
    private static Value timeLike(Value value, ValueType beside) {
        Value same = Conversion.to(value, beside);
        if (same != null) {
            return same;
        }
        Value duration = Conversion.to(value, ValueType.DURATION);
        if (duration != null || beside != ValueType.DURATION) {
            return duration == null ? value : duration;
        }
        Value instant = Conversion.to(value, ValueType.DATE_TIME);
        Value local = instant == null ? Conversion.to(value, ValueType.DATE_TIME_ONLY) : instant;
        return local == null ? value : local;
    }
}
