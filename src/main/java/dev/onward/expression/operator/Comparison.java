package dev.onward.expression.operator;

import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.evaluation.Weight;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.value.BooleanValue;
import dev.onward.expression.value.Conversion;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.ListValue;
import dev.onward.expression.value.NumberValue;
import dev.onward.expression.value.ObjectValue;
import dev.onward.expression.value.OrderedValue;
import dev.onward.expression.value.TextValue;
import dev.onward.expression.value.TimeValue;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Equality of any two values and the order of numbers, dateTimes and dateTimesOnly. Text is here only what the data
 * holds untyped: the check before refuses known strings, so that text with a time in it counts as that time.
 */
final class Comparison {

    private static final List<ValueType> COMPARABLE_TIMES = List.of(ValueType.DATE_TIME, ValueType.DATE_TIME_ONLY);

    private Comparison() {}

    /** Two nulls are equal; a null equals nothing else. */
    static boolean isEqual(Value left, Value right, Evaluation evaluation) {
        if (left instanceof IntegerValue one && right instanceof IntegerValue other) {
            return one.number() == other.number();
        }
        if (left instanceof TextValue one && right instanceof TextValue other) {
            evaluation.chargeText(Math.min(one.text().length(), other.text().length()));
            return one.text().equals(other.text());
        }
        boolean isNested = hasParts(left) || hasParts(right);
        if (isNested && left.getClass() != right.getClass()) {
            return false;
        }
        if (isNested) {
            evaluation.charge(Weight.of(left) + Weight.of(right));
        }
        return left.key().equals(right.key());
    }

    private static boolean hasParts(Value value) {
        return value instanceof ListValue || value instanceof ObjectValue;
    }

    /** With a null the answer is false. */
    static Operation order(IntPredicate answer) {
        return (left, right, evaluation) -> {
            if (left instanceof IntegerValue one && right instanceof IntegerValue other) {
                return BooleanValue.of(answer.test(Long.compare(one.number(), other.number())));
            }
            if (left.isNull() || right.isNull()) {
                return BooleanValue.FALSE;
            }
            return BooleanValue.of(answer.test(compare(left, right)));
        };
    }

    private static int compare(Value left, Value right) {
        if (left instanceof NumberValue one && right instanceof NumberValue other) {
            return one.compareTo(other);
        }
        for (ValueType type : COMPARABLE_TIMES) {
            Value one = Conversion.to(left, type);
            Value other = Conversion.to(right, type);
            if (one instanceof OrderedValue ordered && other != null) {
                return ordered.compareTo(other);
            }
        }
        throw notComparable(left, right);
    }

    private static Fault notComparable(Value left, Value right) {
        String hint = left instanceof TimeValue || right instanceof TimeValue ? "; convert one of them" : "";
        return new Fault(
                ExpressionIssueCode.NOT_COMPARABLE,
                left.type().wireName() + " and " + right.type().wireName()
                        + " have no order; allowed are two numbers, two dateTimes and two dateTimesOnly" + hint);
    }
}
