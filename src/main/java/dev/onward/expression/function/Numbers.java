package dev.onward.expression.function;

import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.value.DecimalValue;

/** The bounds of numbers. */
final class Numbers {

    private static final double BEYOND = 0x1p63;

    private Numbers() {}

    /**
     * A decimal without its fraction.
     *
     * @throws Fault {@code integer-overflow}
     */
    static long toInteger(double decimal) {
        requireInteger(decimal);
        return (long) decimal;
    }

    /**
     * Checks that a decimal is within the integers.
     *
     * @throws Fault {@code integer-overflow}
     */
    static void requireInteger(double decimal) {
        if (decimal >= BEYOND || decimal < -BEYOND) {
            throw overflow();
        }
    }

    /**
     * The sum of two integers.
     *
     * @throws Fault {@code integer-overflow}
     */
    static long add(long one, long other) {
        try {
            return Math.addExact(one, other);
        } catch (ArithmeticException beyond) {
            throw overflow();
        }
    }

    /**
     * A decimal that is finite.
     *
     * @throws Fault {@code decimal-overflow}
     */
    static DecimalValue decimal(double number) {
        if (!Double.isFinite(number)) {
            throw new Fault(ExpressionIssueCode.DECIMAL_OVERFLOW, "the result is larger than a decimal can be");
        }
        return new DecimalValue(number);
    }

    private static Fault overflow() {
        return new Fault(ExpressionIssueCode.INTEGER_OVERFLOW, "the result is no integer of 64 bits");
    }
}
