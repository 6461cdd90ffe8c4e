package dev.onward.expression.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.onward.value.ValueType;
import java.math.BigDecimal;

/** A finite IEEE double; minus zero is zero. */
public record DecimalValue(double number) implements NumberValue {

    /** Beyond this a double is no longer every integer, and a cast to long would round. */
    private static final double MAX_EXACT_LONG = 0x1p63;

    public DecimalValue {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("a decimal is finite, not " + number);
        }
        number = number == 0 ? 0 : number;
    }

    @Override
    public ValueType type() {
        return ValueType.DECIMAL;
    }

    @Override
    public Object key() {
        if (number >= -MAX_EXACT_LONG && number < MAX_EXACT_LONG && number == Math.rint(number)) {
            return (long) number;
        }
        return number;
    }

    @Override
    public JsonNode json() {
        return DoubleNode.valueOf(number);
    }

    /** Without an exponent: {@code 0.0000001}. */
    @Override
    public String text() {
        String shortest = Double.toString(number);
        if (shortest.indexOf('E') < 0) {
            return shortest;
        }
        String plain = new BigDecimal(shortest).stripTrailingZeros().toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }

    @Override
    public double asDouble() {
        return number;
    }

    @Override
    public int compareTo(Value other) {
        if (other instanceof DecimalValue decimal) {
            return Double.compare(number, decimal.number);
        }
        if (other instanceof IntegerValue integer) {
            return compare(number, integer.number());
        }
        throw new IllegalArgumentException("not a number: " + other.type());
    }

    /** Exact: a conversion of the long to a double could round it. */
    static int compare(double decimal, long integer) {
        if (decimal >= MAX_EXACT_LONG) {
            return 1;
        }
        if (decimal < -MAX_EXACT_LONG) {
            return -1;
        }
        long whole = (long) decimal;
        return whole == integer ? Double.compare(decimal, (double) whole) : Long.compare(whole, integer);
    }
}
