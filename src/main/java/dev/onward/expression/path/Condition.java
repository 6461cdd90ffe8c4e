package dev.onward.expression.path;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.tree.Source;
import dev.onward.expression.value.Value;

/**
 * A condition over the elements of a collection.
 *
 * @param source whose loop variable stands for the element
 * @param condition whose every value is a boolean or a null, which is no match
 */
public record Condition(Source source, Evaluator condition) {

    /** Whether an element matches. Leaves the loop where it was. */
    boolean holds(JsonNode element, Evaluation evaluation) {
        evaluation.charge(1);
        JsonNode before = evaluation.enter(source, element);
        Value result = condition.evaluate(evaluation);
        evaluation.enter(source, before);
        return result.isTrue();
    }
}
