package dev.onward.expression.value;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.ValueType;

/**
 * What an expression yields and what its functions take: one record per type of the language.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Value permits NullValue, TextValue, BooleanValue, ListValue, ObjectValue, OrderedValue {

    /** The type that the value shows; {@code any} of a null, {@code listAny} of an empty list. */
    ValueType type();

    /**
     * Two values are equal to {@code ==}, {@code in} and {@code distinct} exactly when their keys are: numbers by
     * value, date-times by instant, objects by all members.
     */
    Object key();

    /** The value as JSON: dates, times and durations as ISO-8601 text. */
    JsonNode json();

    /** The value as text, as string concatenation shows it. */
    String text();

    default boolean isNull() {
        return false;
    }

    /** Whether the value is the boolean true; a null, like all else, is not. */
    default boolean isTrue() {
        return false;
    }
}
