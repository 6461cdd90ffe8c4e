package dev.onward.expression.evaluation;

import dev.onward.expression.value.Value;

/** Something that has a value in every scope. Immutable and thread-safe. */
@FunctionalInterface
public interface Evaluator {

    /**
     * The value.
     *
     * @throws dev.onward.expression.issue.Fault when there is none, at a place that is not known here
     * @throws dev.onward.expression.issue.ExpressionException when there is none, at a known place
     */
    Value evaluate(Evaluation evaluation);
}
