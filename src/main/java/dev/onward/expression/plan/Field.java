package dev.onward.expression.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.onward.value.ValueType;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is known of one field.
 *
 * @param declared its type and those below it
 * @param sample what it may look like; a missing node when there is no sample
 * @param containers how many levels from here on are objects for certain
 */
record Field(Schema.Declared declared, JsonNode sample, int containers) {

    /** A field of which nothing is known. */
    static final Field UNKNOWN = new Field(Schema.Declared.EMPTY, MissingNode.getInstance(), 0);

    /** Whether a field holds a list. */
    enum Shape {
        SINGLE,
        LIST,
        UNKNOWN
    }

    /** {@code any} when it is not declared. */
    ValueType type() {
        return declared.type();
    }

    /** The type of the field, or of its items when it is a list. */
    ValueType itemType() {
        return type().element().orElse(type());
    }

    /**
     * The type of the sample's value, or of all its items when it is a list; of text that may be a time, of mixed items
     * and of what is no scalar, any.
     */
    ValueType shownItemType() {
        if (!sample.isArray()) {
            return shown(sample);
        }
        JsonNodeType kind = sample.path(0).getNodeType();
        boolean allIntegral = true;
        for (JsonNode item : sample) {
            if (item.getNodeType() != kind) {
                return ValueType.ANY;
            }
            allIntegral &= item.isIntegralNumber();
        }
        return kind == JsonNodeType.NUMBER && !allIntegral ? ValueType.DECIMAL : shown(sample.path(0));
    }

    private static ValueType shown(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.isIntegralNumber() ? ValueType.INTEGER : ValueType.DECIMAL;
            case BOOLEAN -> ValueType.BOOLEAN;
            case STRING -> mayBeTime(value) ? ValueType.ANY : ValueType.STRING;
            default -> ValueType.ANY;
        };
    }

    private static boolean mayBeTime(JsonNode text) {
        return Stream.of(ValueType.DATE_TIME, ValueType.DATE_TIME_ONLY, ValueType.DATE_ONLY, ValueType.DURATION)
                .anyMatch(type -> type.accepts(text));
    }

    Shape shape() {
        if (type().isList() || sample.isArray()) {
            return Shape.LIST;
        }
        boolean isSingle = type() != ValueType.ANY || containers > 0 || sample.isObject();
        return isSingle ? Shape.SINGLE : Shape.UNKNOWN;
    }

    Field child(String name) {
        return new Field(declared.child(name), element().path(name), Math.max(0, containers - 1));
    }

    boolean hasChild(String name) {
        return declared.children().containsKey(name) || element().has(name);
    }

    /** The known names below. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(declared.children().keySet());
        element().fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** An array shows its first element. */
    private JsonNode element() {
        return sample.isArray() ? sample.path(0) : sample;
    }
}
