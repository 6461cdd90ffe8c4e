package dev.onward.journey.mapping;

import dev.onward.journey.definition.JourneyIssue;
import dev.onward.value.NearName;
import dev.onward.value.Shape;
import dev.onward.value.ValueType;
import java.util.Optional;
import java.util.Set;

/**
 * What a sample shows of the values at one place. Immutable.
 *
 * @param origin the sample
 * @param shape of the values; {@code any} when the sample does not tell
 */
record Shown(Origin origin, Shape shape) {

    /** Nothing is known: any value may be there. */
    static final Shown NOTHING = new Shown(Origin.EVENT, new Shape.Scalar(ValueType.ANY));

    /** Whose sample it is. */
    enum Origin {
        /** Any field may be where the sample has an empty object. */
        EVENT(
                JourneyIssue.UNKNOWN_EVENT_FIELD,
                "the event's sample",
                Set.of(ValueType.ANY, ValueType.LIST_ANY, ValueType.OBJECT, ValueType.LIST_OBJECT)),
        /** Answers are picked by the sample: no other field is left. */
        RESPONSE(JourneyIssue.UNKNOWN_RESPONSE_FIELD, "the response sample", Set.of(ValueType.ANY, ValueType.LIST_ANY));

        private final JourneyIssue unknownField;
        private final String sample;
        private final Set<ValueType> open;

        Origin(JourneyIssue unknownField, String sample, Set<ValueType> open) {
            this.unknownField = unknownField;
            this.sample = sample;
            this.open = open;
        }

        /** The code of a field that is not there. */
        JourneyIssue unknownField() {
            return unknownField;
        }

        /** For a message. */
        String sample() {
            return sample;
        }
    }

    /** What it shows of a field, of a list that of its elements; empty when there is no such field. */
    Optional<Shown> field(String name) {
        if (shape.fields().isEmpty() && origin.open.contains(shape.type())) {
            return Optional.of(NOTHING);
        }
        return Optional.ofNullable(shape.fields().get(name)).map(field -> new Shown(origin, field));
    }

    /** For a message about a field that is not there. */
    String without(String name) {
        Set<String> known = shape.fields().keySet();
        return origin.sample() + " has no field '" + name + "'; it has " + known + NearName.hint(name, known);
    }

    boolean isList() {
        return shape.type().isList();
    }

    /** A list of such values, unless it is one already. */
    Shown asList() {
        return isList() ? this : new Shown(origin, new Shape.ListOf(shape));
    }

    /** One of a list's elements; what is no list stays as it is. */
    Shown asElement() {
        return shape instanceof Shape.ListOf list ? new Shown(origin, list.element()) : this;
    }

    /** The types that a value may have: a number of an event is whole or not. */
    Set<ValueType> types() {
        ValueType type = shape.type();
        if (origin == Origin.EVENT && type == ValueType.DECIMAL) {
            return Set.of(ValueType.INTEGER, ValueType.DECIMAL);
        }
        return origin == Origin.EVENT && type == ValueType.LIST_DECIMAL
                ? Set.of(ValueType.LIST_INTEGER, ValueType.LIST_DECIMAL)
                : Set.of(type);
    }
}
