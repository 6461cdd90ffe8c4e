package dev.onward.expression.operator;

import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.value.BooleanValue;
import java.util.List;

/**
 * The operators of booleans, which look at no operand that cannot change the answer. A null counts as false. That every
 * operand is a boolean or a null was made sure of before.
 */
public final class Logic {

    private Logic() {}

    /** True when all operands are. */
    public static Evaluator and(List<Evaluator> operands) {
        return until(false, List.copyOf(operands));
    }

    /** True when one operand is. */
    public static Evaluator or(List<Evaluator> operands) {
        return until(true, List.copyOf(operands));
    }

    /** The opposite. */
    public static Evaluator not(Evaluator operand) {
        return evaluation -> BooleanValue.of(!operand.evaluate(evaluation).isTrue());
    }

    private static Evaluator until(boolean decisive, List<Evaluator> operands) {
        return evaluation -> {
            evaluation.charge(1);
            for (int at = 0; at < operands.size(); at++) {
                if (operands.get(at).evaluate(evaluation).isTrue() == decisive) {
                    return BooleanValue.of(decisive);
                }
            }
            return BooleanValue.of(!decisive);
        };
    }
}
