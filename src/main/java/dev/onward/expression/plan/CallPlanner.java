package dev.onward.expression.plan;

import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.function.Functions;
import dev.onward.expression.issue.ExpressionIssue;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.issue.IssueList;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Parameter;
import dev.onward.expression.signature.Signature;
import dev.onward.expression.tree.Node;
import dev.onward.expression.value.TextValue;
import dev.onward.value.NearName;
import dev.onward.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans calls of functions: chooses the signatures that fit what is known of the arguments. Used for one tree. */
final class CallPlanner {

    private final Planner planner;
    private final Folding folding;
    private final IssueList issues;

    CallPlanner(Planner planner, Folding folding, IssueList issues) {
        this.planner = planner;
        this.folding = folding;
        this.issues = issues;
    }

    Plan plan(Node.Call node) {
        List<Plan> arguments = node.arguments().stream().map(planner::plan).toList();
        Optional<Function> function = Functions.named(node.function());
        if (function.isEmpty()) {
            issues.add(ExpressionIssue.error(
                            ExpressionIssueCode.UNKNOWN_FUNCTION,
                            node.location(),
                            "there is no function `" + node.function() + "`")
                    .suggesting(Planner.keyword(node.function())
                            .or(() -> NearName.of(node.function(), Functions.names()))));
            return Plan.faulty(ValueType.ANY);
        }
        return node.isWhole() ? call(node, function.get(), arguments) : Plan.faulty(ValueType.ANY);
    }

    private Plan call(Node.Call node, Function function, List<Plan> arguments) {
        List<Signature> candidates = new SignatureChoice(function, node, issues).fitting(arguments);
        if (candidates.isEmpty()) {
            return Plan.faulty(SignatureChoice.result(function.signatures()));
        }
        Optional<List<Optional<Object>>> prepared = prepare(node, candidates.get(0), arguments);
        ValueType type = SignatureChoice.result(candidates);
        if (prepared.isEmpty()) {
            return Plan.faulty(type);
        }
        boolean isConstant = function.isPure() && arguments.stream().allMatch(Plan::isConstant);
        Evaluator call = evaluator(node, candidates, arguments, prepared.get());
        return isConstant
                ? folding.fold(type, call, node.location())
                : Plan.of(type, new Located(call, node.location())).from(origin(candidates, arguments));
    }

    /** A function that gives what it takes, such as {@code limit}, gives items of which as much is known. */
    private static Field origin(List<Signature> candidates, List<Plan> arguments) {
        boolean givesWhatItTakes = candidates.stream()
                .allMatch(signature -> !signature.parameters().isEmpty()
                        && signature.parameters().get(0).type() == signature.result());
        return givesWhatItTakes ? arguments.get(0).field() : Field.UNKNOWN;
    }

    private static Evaluator evaluator(
            Node.Call node, List<Signature> candidates, List<Plan> arguments, List<Optional<Object>> prepared) {
        if (candidates.size() > 1) {
            return new OverloadedCall(
                    node.function(),
                    candidates,
                    arguments.stream().map(Plan::evaluator).toList(),
                    prepared);
        }
        Signature only = candidates.get(0);
        List<Evaluator> required = new ArrayList<>();
        for (int at = 0; at < arguments.size(); at++) {
            Plan argument = Types.require(
                    arguments.get(at),
                    only.parameters().get(at).type(),
                    "argument " + (at + 1) + " of `" + node.function() + "`",
                    node.arguments().get(at).location());
            required.add(argument.evaluator());
        }
        return new BoundCall(only, required, prepared);
    }

    /** What is made of constant arguments once; empty when one of them is refused. All candidates ask the same. */
    private Optional<List<Optional<Object>>> prepare(Node.Call node, Signature signature, List<Plan> arguments) {
        List<Optional<Object>> prepared = new ArrayList<>();
        boolean isRefused = false;
        for (int at = 0; at < arguments.size(); at++) {
            Parameter parameter = signature.parameters().get(at);
            Node argument = node.arguments().get(at);
            if (parameter.kind().needsConstant() && !isLiteral(argument, arguments.get(at))) {
                issues.error(
                        ExpressionIssueCode.CONSTANT_NEEDED,
                        argument.location(),
                        "argument " + (at + 1) + " of `" + node.function() + "` is written down as a constant "
                                + parameter.type().wireName() + ": no reference, no call and no operator");
                isRefused = true;
                continue;
            }
            try {
                prepared.add(arguments
                        .get(at)
                        .constant()
                        .flatMap(value -> value instanceof TextValue text
                                ? prepare(
                                        parameter, text.text(), arguments.get(0).field())
                                : Optional.empty()));
            } catch (Fault fault) {
                issues.error(fault.code(), argument.location(), String.valueOf(fault.getMessage()));
                isRefused = true;
            }
        }
        return isRefused ? Optional.empty() : Optional.of(prepared);
    }

    private static Optional<Object> prepare(Parameter parameter, String constant, Field objects) {
        return parameter.kind() == Parameter.Kind.ATTRIBUTE
                ? Optional.of(objects.child(constant).type())
                : parameter.kind().prepare(constant);
    }

    private static boolean isLiteral(Node node, Plan plan) {
        return node instanceof Node.Literal
                && plan.constant().filter(value -> !value.isNull()).isPresent();
    }
}
