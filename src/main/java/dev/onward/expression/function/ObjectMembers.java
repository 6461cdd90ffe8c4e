package dev.onward.expression.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.expression.path.Leaf;
import dev.onward.expression.signature.Arguments;
import dev.onward.expression.value.NullValue;
import dev.onward.expression.value.ObjectValue;
import dev.onward.expression.value.Value;
import dev.onward.value.ValueType;
import java.util.List;

/** One attribute of every object of a list. Of a declared type its values are read as a path reads them. */
final class ObjectMembers {

    private ObjectMembers() {}

    /**
     * The attribute's values, a null for an object without it; none when the name is null.
     *
     * @param list the index of the list among the arguments
     * @param name that of the attribute's name
     */
    static List<Value> of(Arguments arguments, int list, int name) {
        if (arguments.isNull(name)) {
            return List.of();
        }
        String attribute = arguments.text(name);
        ValueType declared = arguments.attributeType(name);
        Leaf leaf = declared == ValueType.ANY ? Leaf.UNDECLARED : Leaf.declared(declared);
        return arguments.items(list).stream()
                .map(item -> of(item, attribute, leaf, arguments))
                .toList();
    }

    private static Value of(Value object, String attribute, Leaf leaf, Arguments arguments) {
        if (!(object instanceof ObjectValue value)) {
            return NullValue.NULL;
        }
        JsonNode member = value.members().path(attribute);
        arguments.evaluation().reserve(member);
        return leaf.value(member);
    }
}
