package dev.onward.expression.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.value.ValueType;
import java.time.LocalDate;

/**
 * A calendar day.
 *
 * <p>The year is 0 to 9999, else a {@link java.time.DateTimeException}.
 */
public record DateOnlyValue(LocalDate day) implements TimeValue {

    public DateOnlyValue {
        TimeText.requireYear(day.getYear());
    }

    @Override
    public ValueType type() {
        return ValueType.DATE_ONLY;
    }

    @Override
    public Object key() {
        return day;
    }

    @Override
    public JsonNode json() {
        return TextNode.valueOf(text());
    }

    @Override
    public String text() {
        return day.toString();
    }

    @Override
    public int compareTo(Value other) {
        if (other instanceof DateOnlyValue same) {
            return day.compareTo(same.day);
        }
        throw new IllegalArgumentException("not comparable with DateOnlyValue: " + other.type());
    }
}
