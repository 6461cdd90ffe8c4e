package dev.onward.expression.plan;

import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.issue.Location;
import dev.onward.expression.value.Value;

/** Tells where in the source a fault happened. */
record Located(Evaluator evaluator, Location location) implements Evaluator {

    @Override
    public Value evaluate(Evaluation evaluation) {
        try {
            return evaluator.evaluate(evaluation);
        } catch (Fault fault) {
            throw fault.at(location);
        }
    }
}
