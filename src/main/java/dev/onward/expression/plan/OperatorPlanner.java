package dev.onward.expression.plan;

import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.IssueList;
import dev.onward.expression.operator.Logic;
import dev.onward.expression.operator.Negation;
import dev.onward.expression.operator.Operation;
import dev.onward.expression.operator.Predicates;
import dev.onward.expression.tree.Constant;
import dev.onward.expression.tree.Level;
import dev.onward.expression.tree.Node;
import dev.onward.expression.tree.TestKind;
import dev.onward.expression.value.BooleanValue;
import dev.onward.value.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Plans operators. Used for one tree, by one thread. */
final class OperatorPlanner {

    private final Planner planner;
    private final Folding folding;
    private final IssueList issues;
    private final OperandCheck check;

    OperatorPlanner(Planner planner, Folding folding, IssueList issues) {
        this.planner = planner;
        this.folding = folding;
        this.issues = issues;
        this.check = new OperandCheck(issues);
    }

    /** A chain of operators of one level: booleans all together, the others from left to right. */
    Plan chain(Node.Chain node) {
        return switch (node.level()) {
            case OR, AND -> logic(node);
            default -> fold(node);
        };
    }

    Plan not(Node.Not node) {
        Plan operand = truth(node.operand(), "not");
        return finish(ValueType.BOOLEAN, Logic.not(operand.evaluator()), operand.isConstant(), node);
    }

    Plan negation(Node.Negation node) {
        Plan operand = operand(node.operand(), "-");
        if (!operand.isAny() && !operand.isNumber()) {
            wrongOperand(node.operand(), operand, "-", "a number");
            return Plan.faulty(ValueType.ANY);
        }
        Evaluator number = operand.evaluator();
        return finish(
                operand.type(), evaluation -> Negation.of(number.evaluate(evaluation)), operand.isConstant(), node);
    }

    Plan test(Node.Test node) {
        Plan operand = planner.plan(node.operand());
        if (node.kind() == TestKind.HAS_NULL
                && !operand.isAny()
                && !operand.type().isList()) {
            wrongOperand(node.operand(), operand, node.kind().words(), "a list");
            return Plan.faulty(ValueType.BOOLEAN);
        }
        Evaluator asked = operand.evaluator();
        TestKind kind = node.kind();
        return finish(
                ValueType.BOOLEAN,
                evaluation -> BooleanValue.of(Predicates.answer(kind, asked.evaluate(evaluation), evaluation)),
                operand.isConstant(),
                node);
    }

    /** An operand whose every value is a boolean or a null. */
    Plan truth(Node node, String symbol) {
        Plan operand = operand(node, symbol);
        if (!operand.isAny() && operand.type() != ValueType.BOOLEAN) {
            wrongOperand(node, operand, symbol, "a boolean");
            return Plan.faulty(ValueType.BOOLEAN);
        }
        return Types.require(operand, ValueType.BOOLEAN, "the operand of `" + symbol + "`", node.location());
    }

    private Plan logic(Node.Chain node) {
        String symbol = node.links().get(0).operator().symbol();
        List<Plan> operands = new ArrayList<>();
        operands.add(truth(node.first(), symbol));
        node.links().forEach(link -> operands.add(truth(link.operand(), symbol)));
        List<Evaluator> evaluators = operands.stream().map(Plan::evaluator).toList();
        return finish(
                ValueType.BOOLEAN,
                node.level() == Level.AND ? Logic.and(evaluators) : Logic.or(evaluators),
                operands.stream().allMatch(Plan::isConstant),
                node);
    }

    /** Constants at the beginning are computed now; the rest is one evaluator, however long the chain is. */
    private Plan fold(Node.Chain node) {
        Plan left = operand(node.first(), node.links().get(0).operator().symbol());
        List<OperatorChain.Link> links = new ArrayList<>();
        for (Node.Link link : node.links()) {
            Plan right = operand(link.operand(), link.operator().symbol());
            ValueType type = check.result(left, right, link);
            Operation operation = Operands.prepare(Operation.of(link.operator()), type, left, right);
            if (left.isConstant() && right.isConstant() && links.isEmpty()) {
                Evaluator one = left.evaluator();
                Evaluator other = right.evaluator();
                left = folding.fold(
                        type,
                        evaluation -> operation.apply(one.evaluate(evaluation), other.evaluate(evaluation), evaluation),
                        link.location());
            } else {
                links.add(new OperatorChain.Link(operation, right.evaluator(), link.location()));
                left = Plan.of(type, left.evaluator());
            }
        }
        return links.isEmpty() ? left : Plan.of(left.type(), OperatorChain.of(left.evaluator(), links));
    }

    private Plan operand(Node node, String symbol) {
        if (node instanceof Node.Literal literal && literal.value() instanceof Constant.Null) {
            issues.error(
                    ExpressionIssueCode.NULL_MISPLACED,
                    node.location(),
                    "null is no operand of `" + symbol + "`; ask with `is null` or `is not null`");
            return Plan.faulty(ValueType.ANY);
        }
        return planner.plan(node);
    }

    private void wrongOperand(Node node, Plan operand, String symbol, String allowed) {
        issues.error(
                ExpressionIssueCode.WRONG_TYPE,
                node.location(),
                "the operand of `" + symbol + "` is " + operand.type().wireName() + "; allowed is " + allowed);
    }

    private Plan finish(ValueType type, Evaluator evaluator, boolean isConstant, Node node) {
        return isConstant
                ? folding.fold(type, evaluator, node.location())
                : Plan.of(type, new Located(evaluator, node.location()));
    }
}
