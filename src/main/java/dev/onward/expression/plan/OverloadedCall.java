package dev.onward.expression.plan;

import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.signature.Arguments;
import dev.onward.expression.signature.Signature;
import dev.onward.expression.value.Conversion;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A call whose signature the values of the arguments decide: the first that takes them as they are, else the first to
 * which all of them can be converted.
 *
 * @param candidates at least one, all with as many parameters as there are arguments, and all taking nulls or none
 */
record OverloadedCall(
        String function, List<Signature> candidates, List<Evaluator> arguments, List<Optional<Object>> prepared)
        implements Evaluator {

    OverloadedCall {
        candidates = List.copyOf(candidates);
        arguments = List.copyOf(arguments);
        prepared = List.copyOf(prepared);
    }

    @Override
    public Value evaluate(Evaluation evaluation) {
        evaluation.charge(1);
        List<Value> values = new ArrayList<>(arguments.size());
        List<ValueType> types = new ArrayList<>(arguments.size());
        boolean takesNull = candidates.get(0).takesNull();
        for (Evaluator argument : arguments) {
            Value value = argument.evaluate(evaluation);
            if (value.isNull() && !takesNull) {
                return value;
            }
            values.add(value);
            types.add(value.type());
        }
        for (Signature candidate : candidates) {
            if (takes(candidate, types)) {
                return call(candidate, values, evaluation);
            }
        }
        for (Signature candidate : candidates) {
            Optional<List<Value>> converted = convert(candidate, values);
            if (converted.isPresent()) {
                return call(candidate, converted.get(), evaluation);
            }
        }
        throw new Fault(
                ExpressionIssueCode.WRONG_TYPE,
                "`" + function + "` does not take " + names(types) + "; allowed are "
                        + candidates.stream()
                                .map(each -> "("
                                        + names(each.parameters().stream()
                                                .map(parameter -> parameter.type())
                                                .toList()) + ")")
                                .distinct()
                                .collect(Collectors.joining(" ")));
    }

    private Value call(Signature signature, List<Value> values, Evaluation evaluation) {
        return signature.body().call(new Arguments(values, prepared, evaluation));
    }

    /** A null is of every type. */
    private static boolean takes(Signature signature, List<ValueType> types) {
        for (int at = 0; at < types.size(); at++) {
            if (types.get(at) != ValueType.ANY
                    && types.get(at) != signature.parameters().get(at).type()) {
                return false;
            }
        }
        return true;
    }

    private static Optional<List<Value>> convert(Signature signature, List<Value> values) {
        List<Value> converted = new ArrayList<>(values.size());
        for (int at = 0; at < values.size(); at++) {
            Value value =
                    Conversion.to(values.get(at), signature.parameters().get(at).type());
            if (value == null) {
                return Optional.empty();
            }
            converted.add(value);
        }
        return Optional.of(converted);
    }

    private static String names(List<ValueType> types) {
        return types.stream().map(ValueType::wireName).collect(Collectors.joining(", "));
    }
}
