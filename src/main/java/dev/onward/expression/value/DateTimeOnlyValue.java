package dev.onward.expression.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.value.ValueType;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A date and a time of day without a zone; whole milliseconds.
 *
 * <p>The year is 0 to 9999, else a {@link java.time.DateTimeException}.
 */
public record DateTimeOnlyValue(LocalDateTime time) implements TimeValue {

    public DateTimeOnlyValue {
        TimeText.requireYear(time.getYear());
        time = time.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public ValueType type() {
        return ValueType.DATE_TIME_ONLY;
    }

    @Override
    public Object key() {
        return time;
    }

    @Override
    public JsonNode json() {
        return TextNode.valueOf(text());
    }

    @Override
    public String text() {
        return TimeText.ofDateTimeOnly(time);
    }

    @Override
    public int compareTo(Value other) {
        if (other instanceof DateTimeOnlyValue same) {
            return time.compareTo(same.time);
        }
        throw new IllegalArgumentException("not comparable with DateTimeOnlyValue: " + other.type());
    }
}
