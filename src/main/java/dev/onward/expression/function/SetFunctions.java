package dev.onward.expression.function;

import dev.onward.expression.signature.Arguments;
import dev.onward.expression.signature.Body;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Group;
import dev.onward.expression.signature.Parameter;
import dev.onward.expression.value.Conversion;
import dev.onward.expression.value.ListValue;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Lists as sets: duplicates, unions, differences. A null list counts as an empty one; the order of the items stays. */
final class SetFunctions {

    private SetFunctions() {}

    static List<Function> all() {
        return List.of(differenceLists(), distinct(), distinctWithNull(), filter(), intersect(), mergeLists());
    }

    private static Function differenceLists() {
        return pairs("differenceLists", arguments -> {
                    Set<Key> removed = keys(arguments.items(1), arguments);
                    return distinct(
                            arguments.items(0),
                            item -> !item.isNull() && !removed.contains(key(item, arguments)),
                            arguments);
                })
                .describedAs("The different items of the first list that are not in the second, nulls left out");
    }

    private static Function distinct() {
        Definition definition = Definition.of("distinct", Group.LIST).takingNull();
        Body body = arguments -> distinct(arguments.items(0), item -> !item.isNull(), arguments);
        Definition.SCALAR_LISTS.forEach(list -> definition.takes(list).gives(list, body));
        return definition
                .takes(ValueType.LIST_OBJECT)
                .gives(ValueType.LIST_OBJECT, body)
                .takes(ValueType.LIST_OBJECT)
                .and(ValueType.STRING, Parameter.Kind.ATTRIBUTE)
                .gives(ValueType.LIST_OBJECT, SetFunctions::distinctByMember)
                .describedAs(
                        "The different items, nulls left out; of objects the first of each attribute, if one is named");
    }

    private static Function distinctWithNull() {
        Definition definition = Definition.of("distinctWithNull", Group.LIST).takingNull();
        Definition.SCALAR_LISTS.forEach(list ->
                definition.takes(list).gives(list, arguments -> distinct(arguments.items(0), item -> true, arguments)));
        return definition.describedAs("The different items; null is one of them");
    }

    private static Function filter() {
        Definition definition = Definition.of("filter", Group.LIST).takingNull();
        for (ValueType keys : Definition.SCALAR_LISTS) {
            definition
                    .takes(ValueType.LIST_OBJECT)
                    .and(ValueType.STRING, Parameter.Kind.ATTRIBUTE)
                    .and(keys, Parameter.Kind.PLAIN)
                    .gives(
                            ValueType.LIST_OBJECT,
                            arguments -> filter(arguments, keys.element().orElseThrow()));
        }
        return definition.describedAs("The objects whose attribute, named second, is one of the values of the third");
    }

    private static Function intersect() {
        return pairs("intersect", arguments -> {
                    Set<Key> common = keys(arguments.items(1), arguments);
                    return distinct(
                            arguments.items(0),
                            item -> !item.isNull() && common.contains(key(item, arguments)),
                            arguments);
                })
                .describedAs("The different items that are in both lists, nulls left out");
    }

    private static Function mergeLists() {
        Definition definition = Definition.of("mergeLists", Group.LIST).takingNull();
        for (ValueType list : Definition.SCALAR_LISTS) {
            definition
                    .takes(list, list)
                    .and(ValueType.BOOLEAN, Parameter.Kind.CONSTANT)
                    .gives(list, SetFunctions::merge);
        }
        return definition.describedAs(
                "Both lists behind each other, nulls left out; without duplicates when the constant third is true");
    }

    private static Definition pairs(String name, Body body) {
        Definition definition = Definition.of(name, Group.LIST).takingNull();
        Definition.SCALAR_LISTS.forEach(list -> definition.takes(list, list).gives(list, body));
        return definition;
    }

    private static Value merge(Arguments arguments) {
        List<Value> both = new ArrayList<>(arguments.items(0));
        both.addAll(arguments.items(1));
        both.removeIf(Value::isNull);
        arguments.evaluation().requireListFits(both.size());
        return arguments.truth(2) ? distinct(both, item -> true, arguments) : new ListValue(both);
    }

    /** The attribute's declared type says how the wanted values are read; without one theirs says how it is read. */
    private static Value filter(Arguments arguments, ValueType wantedType) {
        ValueType declared = arguments.attributeType(1);
        ValueType memberType = declared == ValueType.ANY ? wantedType : declared;
        List<Value> objects = arguments.items(0);
        List<Value> members = ObjectMembers.of(arguments, 0, 1).stream()
                .map(member -> readAs(memberType, member))
                .toList();
        List<Value> given = arguments.items(2).stream()
                .map(item -> readAs(memberType, item))
                .toList();
        Set<Key> wanted = keys(given, arguments);
        List<Value> kept = new ArrayList<>();
        for (int at = 0; at < members.size(); at++) {
            Value member = members.get(at);
            if (!member.isNull() && wanted.contains(key(member, arguments))) {
                kept.add(objects.get(at));
            }
        }
        return new ListValue(kept);
    }

    private static Value readAs(ValueType type, Value value) {
        Value converted = Conversion.to(value, type);
        return converted == null ? value : converted;
    }

    private static Value distinctByMember(Arguments arguments) {
        List<Value> objects = arguments.items(0);
        List<Value> members = ObjectMembers.of(arguments, 0, 1);
        Set<Key> seen = new HashSet<>();
        List<Value> kept = new ArrayList<>();
        for (int at = 0; at < members.size(); at++) {
            if (!members.get(at).isNull() && seen.add(key(members.get(at), arguments))) {
                kept.add(objects.get(at));
            }
        }
        return new ListValue(kept);
    }

    private static Set<Key> keys(List<Value> items, Arguments arguments) {
        Set<Key> keys = new HashSet<>();
        items.forEach(item -> keys.add(key(item, arguments)));
        return keys;
    }

    private static ListValue distinct(List<Value> items, Predicate<Value> kept, Arguments arguments) {
        Set<Key> seen = new HashSet<>();
        return new ListValue(items.stream()
                .filter(item -> kept.test(item) && seen.add(key(item, arguments)))
                .toList());
    }

    private static Key key(Value value, Arguments arguments) {
        return Key.of(value, arguments.evaluation());
    }
}
