package dev.onward.expression.function;

import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.signature.Arguments;
import dev.onward.expression.signature.Body;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Group;
import dev.onward.expression.signature.Parameter;
import dev.onward.expression.value.BooleanValue;
import dev.onward.expression.value.IntegerValue;
import dev.onward.expression.value.ListValue;
import dev.onward.expression.value.NullValue;
import dev.onward.expression.value.TextValue;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Lists as sequences. A null list counts as an empty one, unless a single value is asked for. */
final class ListFunctions {

    private ListFunctions() {}

    static List<Function> all() {
        return List.of(getListItem(), in(), limit(), listSize(), serializeList(), sort());
    }

    private static Function getListItem() {
        Definition definition = Definition.of("getListItem", Group.LIST);
        for (ValueType list : Definition.SCALAR_LISTS) {
            definition.takes(list, ValueType.INTEGER).gives(list.element().orElseThrow(), ListFunctions::item);
        }
        return definition.describedAs("The item at an index counted from 0; null when there is none");
    }

    private static Function in() {
        Definition definition = Definition.of("in", Group.LIST).takingNull();
        for (ValueType list : Definition.SCALAR_LISTS) {
            definition.takes(list.element().orElseThrow(), list).gives(ValueType.BOOLEAN, arguments -> {
                Object key = arguments.value(0).key();
                return BooleanValue.of(
                        arguments.items(1).stream().anyMatch(item -> item.key().equals(key)));
            });
        }
        return definition.describedAs("Whether the value is an item of the list; false of a null list");
    }

    private static Function limit() {
        Definition definition = Definition.of("limit", Group.LIST).takingNull();
        List<ValueType> lists = new ArrayList<>(Definition.SCALAR_LISTS);
        lists.add(ValueType.LIST_OBJECT);
        for (ValueType list : lists) {
            definition
                    .takes(list, ValueType.INTEGER)
                    .gives(list, arguments -> limit(arguments, true))
                    .takes(list, ValueType.INTEGER, ValueType.BOOLEAN)
                    .gives(list, arguments -> limit(arguments, arguments.isNull(2) || arguments.truth(2)));
        }
        return definition.describedAs("The first so many items, or the last when the third argument is false");
    }

    private static Function listSize() {
        Body body = arguments -> new IntegerValue(arguments.items(0).size());
        return Definition.of("listSize", Group.LIST)
                .takingNull()
                .overScalarLists(ValueType.INTEGER, body)
                .takes(ValueType.LIST_OBJECT)
                .gives(ValueType.INTEGER, body)
                .describedAs("How many items there are, nulls included");
    }

    private static Function serializeList() {
        Definition definition = Definition.of("serializeList", Group.LIST);
        for (ValueType list : Definition.SCALAR_LISTS) {
            definition
                    .takes(list, ValueType.STRING, ValueType.BOOLEAN)
                    .gives(ValueType.STRING, ListFunctions::serialize);
        }
        return definition.describedAs(
                "The items as one text, nulls left out, with the separator between them, each in quotes when asked"
                        + " for");
    }

    private static Function sort() {
        Definition definition = Definition.of("sort", Group.LIST).takingNull();
        for (ValueType list : Definition.SCALAR_LISTS) {
            definition.takes(list, ValueType.BOOLEAN).gives(list, arguments -> {
                List<Value> items = arguments.items(0);
                return ListOrder.sort(items, items, isAscending(arguments, 1), arguments);
            });
        }
        return definition
                .takes(ValueType.LIST_OBJECT)
                .and(ValueType.STRING, Parameter.Kind.ATTRIBUTE)
                .and(ValueType.BOOLEAN, Parameter.Kind.PLAIN)
                .gives(ValueType.LIST_OBJECT, ListFunctions::sortByMember)
                .describedAs("The items in order, upwards when the last argument is true, nulls last; objects by an"
                        + " attribute");
    }

    private static Value sortByMember(Arguments arguments) {
        if (arguments.isNull(1)) {
            return new ListValue(arguments.items(0));
        }
        List<Value> objects = arguments.items(0);
        return ListOrder.sort(objects, ObjectMembers.of(arguments, 0, 1), isAscending(arguments, 2), arguments);
    }

    private static boolean isAscending(Arguments arguments, int index) {
        return arguments.isNull(index) || arguments.truth(index);
    }

    private static Value item(Arguments arguments) {
        List<Value> items = ((ListValue) arguments.value(0)).items();
        long index = arguments.integer(1);
        return index >= 0 && index < items.size() ? items.get((int) index) : NullValue.NULL;
    }

    private static Value limit(Arguments arguments, boolean fromStart) {
        List<Value> items = arguments.items(0);
        if (arguments.isNull(1)) {
            return new ListValue(items);
        }
        if (arguments.integer(1) < 0) {
            throw new Fault(
                    ExpressionIssueCode.INDEX_OUT_OF_RANGE, "the number of items is negative; 0 or more is allowed");
        }
        int count = (int) Math.min(items.size(), arguments.integer(1));
        return new ListValue(fromStart ? items.subList(0, count) : items.subList(items.size() - count, items.size()));
    }

    private static Value serialize(Arguments arguments) {
        String separator = arguments.text(1);
        String quote = arguments.truth(2) ? "\"" : "";
        StringBuilder text = new StringBuilder();
        boolean isFirst = true;
        for (Value item : arguments.items(0)) {
            if (item.isNull()) {
                continue;
            }
            text.append(isFirst ? "" : separator);
            isFirst = false;
            text.append(quote).append(item.text()).append(quote);
            arguments.evaluation().requireTextFits(text.length());
        }
        arguments.evaluation().reserveText(text.length());
        return new TextValue(text.toString());
    }
}
