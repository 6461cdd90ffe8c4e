package dev.onward.expression.operator;

import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.tree.Operator;
import dev.onward.expression.value.BooleanValue;
import dev.onward.expression.value.Value;

/** What an operator makes of its two operands. Thread-safe. */
@FunctionalInterface
public interface Operation {

    /**
     * The result.
     *
     * @throws dev.onward.expression.issue.Fault when there is none
     */
    Value apply(Value left, Value right, Evaluation evaluation);

    /** The operation of an operator; {@code and} and {@code or} stop early and are {@link Logic}. */
    static Operation of(Operator operator) {
        return switch (operator) {
            case ADD -> Addition::add;
            case SUBTRACT -> Arithmetic.SUBTRACT;
            case MULTIPLY -> Arithmetic.MULTIPLY;
            case DIVIDE -> Arithmetic.DIVIDE;
            case REMAINDER -> Arithmetic.REMAINDER;
            case EQUAL -> (left, right, evaluation) -> BooleanValue.of(Comparison.isEqual(left, right, evaluation));
            case NOT_EQUAL ->
                (left, right, evaluation) -> BooleanValue.of(!Comparison.isEqual(left, right, evaluation));
            case GREATER -> Comparison.order(order -> order > 0);
            case GREATER_OR_EQUAL -> Comparison.order(order -> order >= 0);
            case LESS -> Comparison.order(order -> order < 0);
            case LESS_OR_EQUAL -> Comparison.order(order -> order <= 0);
            case AND, OR -> throw new IllegalArgumentException(operator + " has no eager operation");
        };
    }
}
