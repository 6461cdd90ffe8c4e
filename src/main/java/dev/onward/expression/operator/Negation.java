package dev.onward.expression.operator;

import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.value.DecimalValue;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.Value;

/** The sign before a number. */
public final class Negation {

    private Negation() {}

    /**
     * The negative of a number; a null of a null.
     *
     * @throws Fault when the operand is no number, or has no negative of 64 bits
     */
    public static Value of(Value operand) {
        if (operand.isNull()) {
            return operand;
        }
        if (operand instanceof IntegerValue integer) {
            if (integer.number() == Long.MIN_VALUE) {
                throw Arithmetic.integerOverflow("-");
            }
            return new IntegerValue(-integer.number());
        }
        if (operand instanceof DecimalValue decimal) {
            return new DecimalValue(-decimal.number());
        }
        throw new Fault(
                ExpressionIssueCode.WRONG_TYPE,
                "`-` stands before " + operand.type().wireName() + "; a number is allowed");
    }
}
