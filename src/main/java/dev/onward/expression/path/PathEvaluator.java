package dev.onward.expression.path;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.value.Value;
import java.util.List;

/**
 * The value that a path leads to.
 *
 * @param origin where it begins
 * @param steps how it goes on
 * @param leaf how the JSON at its end becomes a value
 */
public record PathEvaluator(Origin origin, List<PathStep> steps, Leaf leaf) implements Evaluator {

    public PathEvaluator {
        steps = List.copyOf(steps);
    }

    @Override
    public Value evaluate(Evaluation evaluation) {
        evaluation.charge(1);
        JsonNode at = origin.in(evaluation);
        for (int step = 0; step < steps.size(); step++) {
            at = steps.get(step).walk(at, evaluation);
        }
        evaluation.reserve(at);
        return leaf.value(at);
    }
}
