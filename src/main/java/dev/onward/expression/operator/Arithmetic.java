package dev.onward.expression.operator;

import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.value.DecimalValue;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.NullValue;
import dev.onward.expression.value.NumberValue;
import dev.onward.expression.value.Value;

/**
 * The operators of numbers alone: two integers give an integer, cut off towards zero; anything else a decimal. A
 * division by zero is zero. With a null the result is null.
 */
enum Arithmetic implements Operation {
    SUBTRACT("-") {
        @Override
        long integers(long left, long right) {
            return Math.subtractExact(left, right);
        }

        @Override
        double decimals(double left, double right) {
            return left - right;
        }
    },
    MULTIPLY("*") {
        @Override
        long integers(long left, long right) {
            return Math.multiplyExact(left, right);
        }

        @Override
        double decimals(double left, double right) {
            return left * right;
        }
    },
    DIVIDE("/") {
        @Override
        long integers(long left, long right) {
            return right == -1 ? Math.negateExact(left) : right == 0 ? 0 : left / right;
        }

        @Override
        double decimals(double left, double right) {
            return right == 0 ? 0 : left / right;
        }
    },
    REMAINDER("%") {
        @Override
        long integers(long left, long right) {
            return right == 0 ? 0 : left % right;
        }

        @Override
        double decimals(double left, double right) {
            return right == 0 ? 0 : left % right;
        }
    };

    private final String symbol;

    Arithmetic(String symbol) {
        this.symbol = symbol;
    }

    abstract long integers(long left, long right);

    abstract double decimals(double left, double right);

    @Override
    public Value apply(Value left, Value right, Evaluation evaluation) {
        if (left.isNull() || right.isNull()) {
            return NullValue.NULL;
        }
        if (left instanceof IntegerValue one && right instanceof IntegerValue other) {
            return integer(one.number(), other.number());
        }
        if (left instanceof NumberValue one && right instanceof NumberValue other) {
            return decimal(decimals(one.asDouble(), other.asDouble()));
        }
        throw WrongOperand.of(symbol, left, right, "two numbers");
    }

    private Value integer(long left, long right) {
        try {
            return new IntegerValue(integers(left, right));
        } catch (ArithmeticException beyond) {
            throw integerOverflow(symbol);
        }
    }

    static DecimalValue decimal(double result) {
        if (!Double.isFinite(result)) {
            throw new Fault(ExpressionIssueCode.DECIMAL_OVERFLOW, "the result is larger than a decimal can be");
        }
        return new DecimalValue(result);
    }

    static Fault integerOverflow(String symbol) {
        return new Fault(
                ExpressionIssueCode.INTEGER_OVERFLOW, "the result of `" + symbol + "` is no integer of 64 bits");
    }
}
