package dev.onward.expression.plan;

import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.signature.Arguments;
import dev.onward.expression.signature.Signature;
import dev.onward.expression.value.NullValue;
import dev.onward.expression.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A call of the one signature that fits.
 *
 * @param arguments each of which gives values of its parameter's type
 */
record BoundCall(Signature signature, List<Evaluator> arguments, List<Optional<Object>> prepared) implements Evaluator {

    BoundCall {
        arguments = List.copyOf(arguments);
        prepared = List.copyOf(prepared);
    }

    @Override
    public Value evaluate(Evaluation evaluation) {
        evaluation.charge(1);
        Value[] values = new Value[arguments.size()];
        for (int at = 0; at < values.length; at++) {
            values[at] = arguments.get(at).evaluate(evaluation);
            if (values[at].isNull() && !signature.takesNull()) {
                return NullValue.NULL;
            }
        }
        return signature.body().call(new Arguments(Arrays.asList(values), prepared, evaluation));
    }
}
