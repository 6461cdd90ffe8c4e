package dev.onward.expression.value;

/** A date, a time or an amount of time. Only one of the same type is comparable. */
public sealed interface TimeValue extends OrderedValue
        permits DateTimeValue, DateTimeOnlyValue, DateOnlyValue, DurationValue {

    @Override
    default boolean isComparableTo(Value other) {
        return other.type() == type();
    }
}
