package dev.onward.expression.value;

/** An integer or a decimal. They compare by value. */
public sealed interface NumberValue extends OrderedValue permits IntegerValue, DecimalValue {

    double asDouble();

    @Override
    default boolean isComparableTo(Value other) {
        return other instanceof NumberValue;
    }
}
