package dev.onward.expression.function;

import dev.onward.expression.signature.Arguments;
import dev.onward.expression.signature.Body;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Group;
import dev.onward.expression.signature.Parameter;
import dev.onward.expression.value.DecimalValue;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.NullValue;
import dev.onward.expression.value.NumberValue;
import dev.onward.expression.value.OrderedValue;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** One value out of many. A null list counts as an empty one. */
final class AggregationFunctions {

    private static final List<ValueType> ORDERED = List.of(
            ValueType.DURATION,
            ValueType.INTEGER,
            ValueType.DECIMAL,
            ValueType.DATE_TIME,
            ValueType.DATE_TIME_ONLY,
            ValueType.DATE_ONLY);

    private AggregationFunctions() {}

    static List<Function> all() {
        return List.of(
                average(),
                counting("count", true, item -> !item.isNull()).describedAs("How many items are not null"),
                counting("countOnlyNull", false, Value::isNull).describedAs("How many items are null"),
                counting("countWithNull", false, item -> true).describedAs("How many items there are, nulls included"),
                distinctCount(),
                Definition.of("distinctCountWithNull", Group.AGGREGATION)
                        .takingNull()
                        .overScalarLists(ValueType.INTEGER, arguments -> distinct(arguments.items(0), arguments))
                        .describedAs("How many different items there are; null is one of them"),
                extreme("max", 1).describedAs("The largest item or argument, nulls aside; null when there is none"),
                extreme("min", -1).describedAs("The smallest item or argument, nulls aside; null when there is none"),
                sum());
    }

    private static Function average() {
        Definition definition = Definition.of("avg", Group.AGGREGATION)
                .takingNull()
                .takes(ValueType.LIST_INTEGER)
                .gives(ValueType.DECIMAL, arguments -> average(arguments.items(0)))
                .takes(ValueType.LIST_DECIMAL)
                .gives(ValueType.DECIMAL, arguments -> average(arguments.items(0)));
        for (ValueType one : List.of(ValueType.INTEGER, ValueType.DECIMAL)) {
            for (ValueType other : List.of(ValueType.INTEGER, ValueType.DECIMAL)) {
                definition.takes(one, other).gives(ValueType.DECIMAL, arguments -> average(arguments.values()));
            }
        }
        return definition.describedAs("The mean of the items or of two numbers, nulls aside; null when there is none");
    }

    private static Definition counting(String name, boolean alsoObjects, Predicate<Value> counted) {
        Body body = arguments ->
                new IntegerValue(arguments.items(0).stream().filter(counted).count());
        Definition definition =
                Definition.of(name, Group.AGGREGATION).takingNull().overScalarLists(ValueType.INTEGER, body);
        return alsoObjects ? definition.takes(ValueType.LIST_OBJECT).gives(ValueType.INTEGER, body) : definition;
    }

    private static Function distinctCount() {
        Body body = arguments -> distinct(notNull(arguments.items(0)), arguments);
        return Definition.of("distinctCount", Group.AGGREGATION)
                .takingNull()
                .overScalarLists(ValueType.INTEGER, body)
                .takes(ValueType.LIST_OBJECT)
                .gives(ValueType.INTEGER, body)
                .takes(ValueType.LIST_OBJECT)
                .and(ValueType.STRING, Parameter.Kind.ATTRIBUTE)
                .gives(ValueType.INTEGER, arguments -> distinct(notNull(ObjectMembers.of(arguments, 0, 1)), arguments))
                .describedAs(
                        "How many different items there are, nulls aside; of objects, optionally by one attribute");
    }

    private static Definition extreme(String name, int sign) {
        Definition definition = Definition.of(name, Group.AGGREGATION).takingNull();
        for (ValueType type : ORDERED) {
            definition.takes(ValueType.listOf(type)).gives(type, arguments -> extreme(arguments.items(0), sign));
        }
        for (ValueType type : ORDERED) {
            if (type != ValueType.DATE_ONLY) {
                definition.takes(type, type).gives(type, arguments -> extreme(arguments.values(), sign));
            }
        }
        return definition;
    }

    private static Function sum() {
        return Definition.of("sum", Group.AGGREGATION)
                .takingNull()
                .takes(ValueType.LIST_INTEGER)
                .gives(ValueType.INTEGER, arguments -> integers(arguments.items(0)))
                .takes(ValueType.LIST_DECIMAL)
                .gives(ValueType.DECIMAL, arguments -> decimals(arguments.items(0)))
                .takes(ValueType.INTEGER, ValueType.INTEGER)
                .gives(ValueType.INTEGER, arguments -> integers(arguments.values()))
                .takes(ValueType.DECIMAL, ValueType.DECIMAL)
                .gives(ValueType.DECIMAL, arguments -> decimals(arguments.values()))
                .describedAs("The sum of the items or of two numbers, nulls aside; 0 when there is none");
    }

    private static List<Value> notNull(List<Value> items) {
        return items.stream().filter(item -> !item.isNull()).toList();
    }

    private static Value distinct(List<Value> items, Arguments arguments) {
        Set<Key> keys = new HashSet<>();
        items.forEach(item -> keys.add(Key.of(item, arguments.evaluation())));
        return new IntegerValue(keys.size());
    }

    private static Value average(List<Value> items) {
        List<Value> numbers = notNull(items);
        return numbers.isEmpty()
                ? NullValue.NULL
                : Numbers.decimal(decimals(numbers).number() / numbers.size());
    }

    private static Value extreme(List<Value> items, int sign) {
        Value best = NullValue.NULL;
        for (Value item : items) {
            boolean isBetter = best.isNull()
                    || (item instanceof OrderedValue ordered && Integer.signum(ordered.compareTo(best)) == sign);
            if (!item.isNull() && isBetter) {
                best = item;
            }
        }
        return best;
    }

    private static Value integers(List<Value> items) {
        long sum = 0;
        for (Value item : items) {
            sum = item instanceof IntegerValue integer ? Numbers.add(sum, integer.number()) : sum;
        }
        return new IntegerValue(sum);
    }

    private static DecimalValue decimals(List<Value> items) {
        double sum = 0;
        for (Value item : items) {
            sum += item instanceof NumberValue number ? number.asDouble() : 0;
        }
        return Numbers.decimal(sum);
    }
}
