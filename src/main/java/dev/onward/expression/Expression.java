package dev.onward.expression;

import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.evaluation.Scope;
import dev.onward.expression.issue.ExpressionException;
import dev.onward.expression.issue.ExpressionIssue;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.issue.Location;
import dev.onward.expression.plan.Plan;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A compiled expression: evaluated as often as one likes, by as many threads.
 *
 * <p>Immutable and thread-safe.
 */
public final class Expression {

    private final Plan plan;
    private final Location whole;
    private final List<ExpressionIssue> warnings;

    Expression(Plan plan, Location whole, List<ExpressionIssue> warnings) {
        this.plan = plan;
        this.whole = whole;
        this.warnings = List.copyOf(warnings);
    }

    /** The type of every value but null; {@code any} when the data decides. */
    public ValueType type() {
        return plan.type();
    }

    /** What the author should know, in the order of the source. */
    public List<ExpressionIssue> warnings() {
        return warnings;
    }

    /**
     * Evaluates with the {@linkplain Evaluation#DEFAULT_BUDGET default budget}.
     *
     * @param random for {@code random()} and {@code uuid()}; thread-safe when threads share it
     * @return the value; a missing field is a null, never an error
     * @throws ExpressionException with one issue when there is no value
     */
    public Value evaluate(Scope scope, RandomGenerator random) {
        return evaluate(scope, random, Evaluation.DEFAULT_BUDGET);
    }

    /**
     * Evaluates.
     *
     * @param budget how many steps it may take
     * @throws ExpressionException with one issue when there is no value
     */
    public Value evaluate(Scope scope, RandomGenerator random, long budget) {
        try {
            return plan.evaluator().evaluate(new Evaluation(scope, random, budget));
        } catch (Fault fault) {
            throw fault.at(whole);
        }
    }

    /**
     * Evaluates a condition.
     *
     * @return whether it holds; a null counts as false
     * @throws ExpressionException with one issue when there is no value, or it is no boolean
     */
    public boolean holds(Scope scope, RandomGenerator random) {
        Value value = evaluate(scope, random);
        if (!value.isNull() && value.type() != ValueType.BOOLEAN) {
            String message = "the condition is " + value.type().wireName() + " and cannot be read as boolean, "
                    + ValueType.BOOLEAN.meaning();
            throw new Fault(ExpressionIssueCode.WRONG_TYPE, message).at(whole);
        }
        return value.isTrue();
    }
}
