package dev.onward.expression.plan;

import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.IssueList;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Signature;
import dev.onward.expression.tree.Node;
import dev.onward.value.ValueType;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Chooses among the signatures of a function, or tells why none fits. Used for one call. */
final class SignatureChoice {

    private final Function function;
    private final Node.Call node;
    private final IssueList issues;

    SignatureChoice(Function function, Node.Call node, IssueList issues) {
        this.function = function;
        this.node = node;
        this.issues = issues;
    }

    /** One signature when the types of the arguments decide it; several when only the evaluation can; none with a fault. */
    List<Signature> fitting(List<Plan> arguments) {
        List<Signature> sameSize = function.signatures().stream()
                .filter(signature -> signature.parameters().size() == arguments.size())
                .toList();
        if (sameSize.isEmpty()) {
            wrongArity(arguments.size());
            return List.of();
        }
        List<Signature> fitting = sameSize.stream()
                .filter(signature -> misfit(signature, arguments) < 0)
                .toList();
        if (fitting.isEmpty()) {
            wrongType(sameSize, arguments);
            return List.of();
        }
        boolean isDecided = arguments.stream().noneMatch(each -> each.isAny() || each.type() == ValueType.LIST_ANY);
        return isDecided ? List.of(best(fitting, arguments)) : fitting;
    }

    /** The type of every result: that of all signatures, else any. */
    static ValueType result(List<Signature> signatures) {
        List<ValueType> results =
                signatures.stream().map(Signature::result).distinct().toList();
        if (results.size() == 1) {
            return results.get(0);
        }
        return results.stream().allMatch(ValueType::isList) ? ValueType.LIST_ANY : ValueType.ANY;
    }

    /** One that takes the arguments as they are goes before one that has to convert them. */
    private static Signature best(List<Signature> fitting, List<Plan> arguments) {
        return fitting.stream()
                .filter(signature -> isExact(signature, arguments))
                .findFirst()
                .orElse(fitting.get(0));
    }

    private static boolean isExact(Signature signature, List<Plan> arguments) {
        for (int at = 0; at < arguments.size(); at++) {
            if (signature.parameters().get(at).type() != arguments.get(at).type()) {
                return false;
            }
        }
        return true;
    }

    /** The first argument that does not fit, from zero; -1 when all fit. */
    private static int misfit(Signature signature, List<Plan> arguments) {
        for (int at = 0; at < arguments.size(); at++) {
            if (!Types.fits(
                    arguments.get(at).type(), signature.parameters().get(at).type())) {
                return at;
            }
        }
        return -1;
    }

    private void wrongArity(int found) {
        String allowed = function.signatures().stream()
                .map(signature -> signature.parameters().size())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" or "));
        issues.error(
                ExpressionIssueCode.WRONG_ARITY,
                node.location(),
                "`" + function.name() + "` is called with " + found + " arguments; it takes " + allowed);
    }

    /** Blames the argument up to which the best of the signatures fits. */
    private void wrongType(List<Signature> signatures, List<Plan> arguments) {
        int worst = signatures.stream()
                .mapToInt(signature -> misfit(signature, arguments))
                .max()
                .orElse(0);
        String allowed = signatures.stream()
                .filter(signature -> misfit(signature, arguments) == worst)
                .map(signature -> signature.parameters().get(worst).type().wireName())
                .distinct()
                .collect(Collectors.joining(", "));
        issues.error(
                ExpressionIssueCode.WRONG_TYPE,
                node.arguments().get(worst).location(),
                "argument " + (worst + 1) + " of `" + function.name() + "` is "
                        + arguments.get(worst).type().wireName() + "; allowed: " + allowed);
    }
}
