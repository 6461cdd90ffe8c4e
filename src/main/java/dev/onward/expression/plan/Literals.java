package dev.onward.expression.plan;

import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.issue.IssueList;
import dev.onward.expression.issue.Location;
import dev.onward.expression.tree.Constant;
import dev.onward.expression.tree.Node;
import dev.onward.expression.value.BooleanValue;
import dev.onward.expression.value.Conversion;
import dev.onward.expression.value.DecimalValue;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.ListValue;
import dev.onward.expression.value.NullValue;
import dev.onward.expression.value.TextValue;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

    /**
     * A list: its items are scalars of one type, integers beside decimals becoming decimals. Items whose type is not
     * known are looked at with their values.
     */
    static Plan list(Node.ListLiteral node, List<Plan> items, Folding folding, IssueList issues) {
        ValueType common = ValueType.ANY;
        for (int at = 0; at < items.size(); at++) {
            Plan item = items.get(at);
            Optional<ValueType> both = withItem(common, item);
            if (both.isEmpty()) {
                issues.error(
                        ExpressionIssueCode.ITEMS_DIFFER,
                        node.items().get(at).location(),
                        difference(item.type(), common));
                return Plan.faulty(ValueType.LIST_ANY);
            }
            common = both.get();
        }
        boolean isOpen = items.stream().anyMatch(item -> item.isAny() && !item.isConstant());
        boolean isDecided = !isOpen || common != ValueType.ANY && common != ValueType.INTEGER;
        return isDecided ? decided(node, items, common, folding) : open(node, items);
    }

    /** The type of the items so far and one more; empty when they do not go together. */
    private static Optional<ValueType> withItem(ValueType common, Plan item) {
        if (item.isAny()) {
            return Optional.of(common);
        }
        if (!isScalar(item.type())) {
            return Optional.empty();
        }
        return common == ValueType.ANY ? Optional.of(item.type()) : Types.common(common, item);
    }

    private static boolean isScalar(ValueType type) {
        return !type.isList() && type != ValueType.OBJECT;
    }

    private static Plan decided(Node.ListLiteral node, List<Plan> items, ValueType item, Folding folding) {
        List<Evaluator> converted = new ArrayList<>();
        for (int at = 0; at < items.size(); at++) {
            Location location = node.items().get(at).location();
            converted.add(
                    Types.require(items.get(at), item, "the item", location).evaluator());
        }
        Evaluator list = evaluator(converted);
        ValueType type = ValueType.listOf(item);
        return items.stream().allMatch(Plan::isConstant)
                ? folding.fold(type, list, node.location())
                : Plan.of(type, new Located(list, node.location()));
    }

    /** A list whose type its values decide: integers that stand beside something unknown may be decimals then. */
    private static Plan open(Node.ListLiteral node, List<Plan> items) {
        List<Location> locations = node.items().stream().map(Node::location).toList();
        Evaluator list = evaluator(items.stream().map(Plan::evaluator).toList());
        return Plan.of(
                ValueType.LIST_ANY,
                new Located(evaluation -> uniform((ListValue) list.evaluate(evaluation), locations), node.location()));
    }

    private static Value uniform(ListValue list, List<Location> locations) {
        ValueType common = ValueType.ANY;
        for (int at = 0; at < locations.size(); at++) {
            Value item = list.items().get(at);
            if (item.isNull() || item.type() == common) {
                continue;
            }
            boolean areNumbers = Types.isNumber(common) && Types.isNumber(item.type());
            if (!isScalar(item.type()) || common != ValueType.ANY && !areNumbers) {
                throw new Fault(ExpressionIssueCode.ITEMS_DIFFER, difference(item.type(), common))
                        .at(locations.get(at));
            }
            common = areNumbers ? ValueType.DECIMAL : item.type();
        }
        return Objects.requireNonNull(Conversion.to(list, ValueType.listOf(common)));
    }

    private static String difference(ValueType item, ValueType common) {
        return "the item is " + item.wireName() + (common == ValueType.ANY ? "" : " in a list of " + common.wireName())
                + "; all items are scalars of one type, or null";
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
