package dev.onward.expression.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.onward.value.ValueType;

/** A whole number of 64 bits. */
public record IntegerValue(long number) implements NumberValue {

    @Override
    public ValueType type() {
        return ValueType.INTEGER;
    }

    @Override
    public Object key() {
        return number;
    }

    @Override
    public JsonNode json() {
        return LongNode.valueOf(number);
    }

    @Override
    public String text() {
        return Long.toString(number);
    }

    @Override
    public double asDouble() {
        return number;
    }

    @Override
    public int compareTo(Value other) {
        if (other instanceof IntegerValue integer) {
            return Long.compare(number, integer.number);
        }
        if (other instanceof DecimalValue decimal) {
            return -DecimalValue.compare(decimal.number(), number);
        }
        throw new IllegalArgumentException("not a number: " + other.type());
    }
}
