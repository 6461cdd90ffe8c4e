package dev.onward.expression.operator;

import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.tree.TestKind;
import dev.onward.expression.value.DecimalValue;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.ListValue;
import dev.onward.expression.value.NumberValue;
import dev.onward.expression.value.Value;

/** The questions about one value: {@code is null}, {@code has null}, {@code is numeric} and the like. */
public final class Predicates {

    private Predicates() {}

    /**
     * The answer.
     *
     * @throws Fault {@code wrong-type} when {@code has null} asks what is no list
     */
    public static boolean answer(TestKind kind, Value value, Evaluation evaluation) {
        return switch (kind) {
            case IS_NULL -> value.isNull();
            case IS_NOT_NULL -> !value.isNull();
            case HAS_NULL -> hasNull(value, evaluation);
            case IS_NUMERIC -> value instanceof NumberValue;
            case IS_INTEGER -> value instanceof IntegerValue;
            case IS_DECIMAL -> value instanceof DecimalValue;
        };
    }

    private static boolean hasNull(Value value, Evaluation evaluation) {
        if (value instanceof ListValue list) {
            evaluation.charge(list.items().size());
            return list.items().stream().anyMatch(Value::isNull);
        }
        if (value.isNull()) {
            return false;
        }
        throw new Fault(
                ExpressionIssueCode.WRONG_TYPE,
                "`has null` stands behind " + value.type().wireName() + "; a list is allowed");
    }
}
