package dev.onward.journey.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Shape;
import dev.onward.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The shape of an event's sample. Unlike a response, which is picked by its shape, an event may be anything: a number stands
 * for numbers of any form and is {@code decimal}; text that reads as a time is {@code any}, for it may be taken as either;
 * the elements of a list have the fields that any of them has, and a type when all of them have it, nulls aside.
 */
final class EventShape {

    private EventShape() {}

    static Shape of(JsonNode sample) {
        return of(List.of(sample));
    }

    /** The shape that all the values have, which stand at one path. */
    private static Shape of(List<JsonNode> values) {
        List<JsonNode> known = values.stream().filter(value -> !value.isNull()).toList();
        if (known.isEmpty()) {
            return new Shape.Scalar(ValueType.ANY);
        }
        if (all(known, JsonNode::isObject)) {
            return new Shape.Fields(fields(known));
        }
        if (all(known, JsonNode::isArray)) {
            return new Shape.ListOf(
                    of(known.stream().flatMap(JsonNode::valueStream).toList()));
        }
        return new Shape.Scalar(scalar(known));
    }

    private static Map<String, Shape> fields(List<JsonNode> objects) {
        Map<String, List<JsonNode>> values = new LinkedHashMap<>();
        objects.forEach(object -> object.properties()
                .forEach(field -> values.computeIfAbsent(field.getKey(), first -> new ArrayList<>())
                        .add(field.getValue())));
        Map<String, Shape> fields = new LinkedHashMap<>();
        values.forEach((name, each) -> fields.put(name, of(each)));
        return fields;
    }

    private static ValueType scalar(List<JsonNode> values) {
        if (all(values, JsonNode::isNumber)) {
            return ValueType.DECIMAL;
        }
        if (all(values, JsonNode::isBoolean)) {
            return ValueType.BOOLEAN;
        }
        return all(values, value -> value.isTextual() && !isTime(value)) ? ValueType.STRING : ValueType.ANY;
    }

    private static boolean all(List<JsonNode> values, Predicate<JsonNode> is) {
        return values.stream().allMatch(is);
    }

    private static boolean isTime(JsonNode text) {
        return ValueType.DATE_TIME.accepts(text)
                || ValueType.DATE_TIME_ONLY.accepts(text)
                || ValueType.DATE_ONLY.accepts(text)
                || ValueType.DURATION.accepts(text);
    }
}
