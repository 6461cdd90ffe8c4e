package dev.onward.expression.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.expression.evaluation.Evaluation;
import dev.onward.expression.signature.Arguments;
import dev.onward.expression.value.JsonValue;
import dev.onward.expression.value.NullValue;
import dev.onward.expression.value.ObjectValue;
import dev.onward.expression.value.Value;
import java.util.List;

/** One attribute of every object of a list. */
final class ObjectMembers {

    private ObjectMembers() {}

    /**
     * The attribute's values, a null for an object without it.
     *
     * @param list the index of the list among the arguments
     * @param name that of the attribute's name
     */
    static List<Value> of(Arguments arguments, int list, int name) {
        if (arguments.isNull(name)) {
            return List.of();
        }
        String attribute = arguments.text(name);
        return arguments.items(list).stream()
                .map(item -> of(item, attribute, arguments.evaluation()))
                .toList();
    }

    static Value of(Value object, String attribute, Evaluation evaluation) {
        if (!(object instanceof ObjectValue value)) {
            return NullValue.NULL;
        }
        JsonNode member = value.members().path(attribute);
        evaluation.reserve(member);
        return JsonValue.of(member);
    }
}
