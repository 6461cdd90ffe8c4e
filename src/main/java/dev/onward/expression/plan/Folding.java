package dev.onward.expression.plan;

import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.evaluation.Scope;
import dev.onward.expression.issue.ExpressionException;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.issue.IssueList;
import dev.onward.expression.issue.Location;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.time.Instant;
import java.util.Random;

/**
 * Computes constant parts once, while the expression is compiled; a fault of one is an error of the expression. What
 * takes too long is left to the evaluation. Used for one expression, by one thread.
 */
final class Folding {

    /** All constants of an expression together; a fraction of what an evaluation may take. */
    private static final long BUDGET = 100_000;

    /** A constant part asks for no time and no randomness, so that neither need be real. */
    private final Evaluation evaluation = new Evaluation(Scope.empty(Instant.EPOCH), new Random(0), BUDGET);

    private final IssueList issues;

    Folding(IssueList issues) {
        this.issues = issues;
    }

    /** The plan of a part whose operands are all constant. */
    Plan fold(ValueType type, Evaluator evaluator, Location location) {
        try {
            Value value = evaluator.evaluate(evaluation);
            return Plan.constant(value, value.isNull() || type != ValueType.ANY ? type : value.type());
        } catch (ExpressionException located) {
            located.issues().forEach(issues::add);
            return Plan.faulty(type);
        } catch (Fault fault) {
            if (fault.code() == ExpressionIssueCode.BUDGET_EXHAUSTED) {
                return Plan.of(type, new Located(evaluator, location));
            }
            issues.error(fault.code(), location, String.valueOf(fault.getMessage()));
            return Plan.faulty(type);
        }
    }
}
