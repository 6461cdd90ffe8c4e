package dev.onward.expression.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.value.ValueType;
import java.time.Duration;

/**
 * An amount of time in whole milliseconds; a day has 24 hours.
 *
 * <p>Its milliseconds are a 64-bit integer, else an {@link ArithmeticException}.
 */
public record DurationValue(Duration duration) implements TimeValue {

    public DurationValue {
        duration = Duration.ofMillis(duration.toMillis());
    }

    @Override
    public ValueType type() {
        return ValueType.DURATION;
    }

    @Override
    public Object key() {
        return duration;
    }

    @Override
    public JsonNode json() {
        return TextNode.valueOf(text());
    }

    @Override
    public String text() {
        return duration.toString();
    }

    @Override
    public int compareTo(Value other) {
        if (other instanceof DurationValue same) {
            return duration.compareTo(same.duration);
        }
        throw new IllegalArgumentException("not comparable with DurationValue: " + other.type());
    }
}
