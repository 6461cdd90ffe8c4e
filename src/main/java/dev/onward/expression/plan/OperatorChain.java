package dev.onward.expression.plan;

import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.issue.Location;
import dev.onward.expression.operator.Operation;
import dev.onward.expression.value.Value;
import java.util.List;

/** Operations of one level, from left to right. */
final class OperatorChain implements Evaluator {

    /** One operation with its right operand and the place of its operator. */
    record Link(Operation operation, Evaluator operand, Location location) {

        private Value apply(Value left, Evaluation evaluation) {
            Value right = operand.evaluate(evaluation);
            evaluation.charge(1);
            try {
                return operation.apply(left, right, evaluation);
            } catch (Fault fault) {
                throw fault.at(location);
            }
        }
    }

    private final Evaluator first;
    private final List<Link> links;

    private OperatorChain(Evaluator first, List<Link> links) {
        this.first = first;
        this.links = List.copyOf(links);
    }

    /** The evaluator of at least one link. */
    static Evaluator of(Evaluator first, List<Link> links) {
        if (links.size() > 1) {
            return new OperatorChain(first, links);
        }
        Link only = links.get(0);
        return evaluation -> only.apply(first.evaluate(evaluation), evaluation);
    }

    @Override
    public Value evaluate(Evaluation evaluation) {
        Value value = first.evaluate(evaluation);
        for (int at = 0; at < links.size(); at++) {
            value = links.get(at).apply(value, evaluation);
        }
        return value;
    }
}
