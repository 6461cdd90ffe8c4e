package dev.onward.expression.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.value.ValueType;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * An instant with the offset in which it is shown; whole milliseconds.
 *
 * <p>The year is 0 to 9999, else a {@link java.time.DateTimeException}.
 */
public record DateTimeValue(OffsetDateTime time) implements TimeValue {

    public DateTimeValue {
        TimeText.requireYear(time.getYear());
        time = time.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public ValueType type() {
        return ValueType.DATE_TIME;
    }

    @Override
    public Object key() {
        return time.toInstant();
    }

    @Override
    public JsonNode json() {
        return TextNode.valueOf(text());
    }

    @Override
    public String text() {
        return TimeText.ofDateTime(time);
    }

    @Override
    public int compareTo(Value other) {
        if (other instanceof DateTimeValue same) {
            return time.toInstant().compareTo(same.time.toInstant());
        }
        throw new IllegalArgumentException("not comparable with DateTimeValue: " + other.type());
    }
}
