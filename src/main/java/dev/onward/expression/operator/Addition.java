package dev.onward.expression.operator;

import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.value.DateTimeOnlyValue;
import dev.onward.expression.value.DateTimeValue;
import dev.onward.expression.value.DurationValue;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.NullValue;
import dev.onward.expression.value.NumberValue;
import dev.onward.expression.value.TextValue;
import dev.onward.expression.value.Value;
import java.time.DateTimeException;

/** The operator {@code +}: adds numbers, moves times by a duration, joins text with anything. */
final class Addition {

    private Addition() {}

    static Value add(Value left, Value right, Evaluation evaluation) {
        if (left.isNull() || right.isNull()) {
            return NullValue.NULL;
        }
        if (left instanceof TextValue || right instanceof TextValue) {
            return join(left.text(), right.text(), evaluation);
        }
        if (left instanceof IntegerValue one && right instanceof IntegerValue other) {
            return integers(one.number(), other.number());
        }
        if (left instanceof NumberValue one && right instanceof NumberValue other) {
            return Arithmetic.decimal(one.asDouble() + other.asDouble());
        }
        if (right instanceof DurationValue duration) {
            return move(left, duration);
        }
        throw wrong(left, right);
    }

    private static Value join(String left, String right, Evaluation evaluation) {
        evaluation.reserveText((long) left.length() + right.length());
        return new TextValue(left.concat(right));
    }

    private static Value integers(long left, long right) {
        long sum = left + right;
        boolean isOverflow = ((left ^ sum) & (right ^ sum)) < 0;
        if (isOverflow) {
            throw Arithmetic.integerOverflow("+");
        }
        return new IntegerValue(sum);
    }

    private static Value move(Value left, DurationValue by) {
        try {
            if (left instanceof DateTimeValue instant) {
                return new DateTimeValue(instant.time().plus(by.duration()));
            }
            if (left instanceof DateTimeOnlyValue local) {
                return new DateTimeOnlyValue(local.time().plus(by.duration()));
            }
            if (left instanceof DurationValue duration) {
                return new DurationValue(duration.duration().plus(by.duration()));
            }
        } catch (DateTimeException | ArithmeticException beyond) {
            throw new Fault(
                    ExpressionIssueCode.TIME_OUT_OF_RANGE,
                    "the result of `+` is outside of the years 0 to 9999, or no duration of 64 bits");
        }
        throw wrong(left, by);
    }

    private static Fault wrong(Value left, Value right) {
        return WrongOperand.of(
                "+",
                left,
                right,
                "two numbers, a string with anything, and a dateTime, dateTimeOnly or duration with a"
                        + " duration behind it");
    }
}
