package dev.onward.expression.plan;

import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.IssueList;
import dev.onward.expression.issue.Location;
import dev.onward.expression.tree.Constant;
import dev.onward.expression.tree.Node;
import dev.onward.expression.value.BooleanValue;
import dev.onward.expression.value.DecimalValue;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.ListValue;
import dev.onward.expression.value.NullValue;
import dev.onward.expression.value.TextValue;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans what is written down as it is. */
final class Literals {

    private Literals() {}

    static Value value(Constant constant) {
        return constant.accept(new Constant.Visitor<>() {
            @Override
            public Value text(String text) {
                return new TextValue(text);
            }

            @Override
            public Value whole(long number) {
                return new IntegerValue(number);
            }

            @Override
            public Value decimal(double number) {
                return new DecimalValue(number);
            }

            @Override
            public Value truth(boolean truth) {
                return BooleanValue.of(truth);
            }

            @Override
            public Value none() {
                return NullValue.NULL;
            }
        });
    }

    /** A list: its items are scalars of one type, integers beside decimals becoming decimals. */
    static Plan list(Node.ListLiteral node, List<Plan> items, Folding folding, IssueList issues) {
        ValueType common = ValueType.ANY;
        for (int at = 0; at < items.size(); at++) {
            Plan item = items.get(at);
            Optional<ValueType> both = common == ValueType.ANY ? Optional.of(item.type()) : Types.common(common, item);
            if (both.isEmpty() || item.type().isList()) {
                issues.error(
                        ExpressionIssueCode.ITEMS_DIFFER,
                        node.items().get(at).location(),
                        "the item is " + item.type().wireName() + " in a list of " + common.wireName()
                                + "; all items are scalars of one type, or null");
                return Plan.faulty(ValueType.LIST_ANY);
            }
            common = both.get();
        }
        ValueType item = common;
        List<Evaluator> converted = new ArrayList<>();
        for (int at = 0; at < items.size(); at++) {
            Location location = node.items().get(at).location();
            converted.add(
                    Types.require(items.get(at), item, "the item", location).evaluator());
        }
        Evaluator list = evaluator(converted);
        ValueType type = ValueType.listOf(common);
        return items.stream().allMatch(Plan::isConstant)
                ? folding.fold(type, list, node.location())
                : Plan.of(type, new Located(list, node.location()));
    }

    private static Evaluator evaluator(List<Evaluator> items) {
        return evaluation -> {
            evaluation.reserveList(items.size());
            List<Value> values = new ArrayList<>(items.size());
            items.forEach(item -> values.add(item.evaluate(evaluation)));
            return new ListValue(values);
        };
    }
}
