package dev.onward.expression.value;

/** A value with a natural order among its kind. Text is not of them: the language sorts it, but never compares it. */
public sealed interface OrderedValue extends Value permits NumberValue, TimeValue {

    /** Whether {@link #compareTo} has an answer. */
    boolean isComparableTo(Value other);

    /**
     * Less than, equal to or greater than zero.
     *
     * @throws IllegalArgumentException when the other value is not comparable with this one
     */
    int compareTo(Value other);
}
