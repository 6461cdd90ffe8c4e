package dev.onward.value;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a sample document shows: which fields there are and of which types. It picks the same fields out of a real
 * document and leaves everything else behind.
 */
public sealed interface Shape {

    /** The type of a value of this shape. */
    ValueType type();

    /** The fields that a value of this shape has, or its elements have; empty when there are none. */
    Map<String, Shape> fields();

    /**
     * Picks what this shape names out of a real value. A null stays null; what is missing stays missing; a value of
     * another type is left out and noted as a warning.
     *
     * @param at where the value stands in its document
     * @return empty when the value is of another type
     */
    default Optional<JsonNode> pick(JsonNode value, JsonPointer at, Issues warnings) {
        return pick(value, new Place.Known(at), warnings);
    }

    /** The same, for a place whose pointer is not made yet. */
    Optional<JsonNode> pick(JsonNode value, Place at, Issues warnings);

    /**
     * The shape of a sample. An array's is that of its elements: of the first that is no null, when all have its type or
     * all are numbers, else {@code listAny}.
     */
    static Shape of(JsonNode sample) {
        return switch (sample.getNodeType()) {
            case OBJECT -> Fields.of(sample);
            case ARRAY -> ListOf.of(sample);
            case STRING -> new Scalar(ValueType.STRING);
            case BOOLEAN -> new Scalar(ValueType.BOOLEAN);
            case NUMBER -> new Scalar(ValueType.INTEGER.accepts(sample) ? ValueType.INTEGER : ValueType.DECIMAL);
            default -> new Scalar(ValueType.ANY);
        };
    }

    /** Notes that a value is of another type than its sample. */
    private static Optional<JsonNode> mismatch(ValueType expected, JsonNode value, Place at, Issues warnings) {
        String message = "the sample shows " + expected.wireName() + ", the answer has " + TypeCheck.found(value);
        warnings.warning(at.pointer(), ValueIssue.WRONG_TYPE, message);
        return Optional.empty();
    }

    /** A single value, or any value at all. */
    record Scalar(ValueType type) implements Shape {

        @Override
        public Map<String, Shape> fields() {
            return Map.of();
        }

        @Override
        public Optional<JsonNode> pick(JsonNode value, Place at, Issues warnings) {
            return type.accepts(value) ? Optional.of(value) : mismatch(type, value, at, warnings);
        }
    }

    /** An object with named fields, in the sample's order. */
    record Fields(Map<String, Shape> fields) implements Shape {

        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        static Fields of(JsonNode sample) {
            Map<String, Shape> fields = new LinkedHashMap<>();
            sample.properties().forEach(field -> fields.put(field.getKey(), Shape.of(field.getValue())));
            return new Fields(fields);
        }

        @Override
        public ValueType type() {
            return ValueType.OBJECT;
        }

        @Override
        public Optional<JsonNode> pick(JsonNode value, Place at, Issues warnings) {
            if (value.isNull()) {
                return Optional.of(value);
            }
            if (!value.isObject()) {
                return mismatch(type(), value, at, warnings);
            }
            ObjectNode picked = JsonNodeFactory.instance.objectNode();
            fields.forEach((name, shape) -> {
                JsonNode field = value.get(name);
                if (field != null) {
                    shape.pick(field, at.member(name), warnings).ifPresent(kept -> picked.set(name, kept));
                }
            });
            return Optional.of(picked);
        }
    }

    /** An array whose elements share one shape. An element of another type is left out. */
    record ListOf(Shape element) implements Shape {

        private static final Set<ValueType> NUMBERS = Set.of(ValueType.INTEGER, ValueType.DECIMAL);

        static ListOf of(JsonNode sample) {
            List<Shape> shapes = sample.valueStream()
                    .filter(item -> !item.isNull())
                    .map(Shape::of)
                    .toList();
            return new ListOf(shapes.stream().reduce(ListOf::common).orElse(new Scalar(ValueType.ANY)));
        }

        private static Shape common(Shape first, Shape second) {
            if (first.type() == second.type()) {
                return first;
            }
            boolean numbers = NUMBERS.contains(first.type()) && NUMBERS.contains(second.type());
            return new Scalar(numbers ? ValueType.DECIMAL : ValueType.ANY);
        }

        @Override
        public ValueType type() {
            return ValueType.listOf(element.type());
        }

        @Override
        public Map<String, Shape> fields() {
            return type().hasFields() ? element.fields() : Map.of();
        }

        @Override
        public Optional<JsonNode> pick(JsonNode value, Place at, Issues warnings) {
            if (value.isNull()) {
                return Optional.of(value);
            }
            if (!value.isArray()) {
                return mismatch(type(), value, at, warnings);
            }
            ArrayNode picked = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < value.size(); i++) {
                element.pick(value.get(i), at.element(i), warnings).ifPresent(picked::add);
            }
            return Optional.of(picked);
        }
    }
}
