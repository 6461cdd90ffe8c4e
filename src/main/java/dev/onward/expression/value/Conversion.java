package dev.onward.expression.value;

import dev.onward.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of the type that is required out of such whose type nobody declared: ISO-8601 text becomes a date, a
 * time or a duration, an integer becomes a decimal. Everything else is a matter of functions.
 */
public final class Conversion {

    private Conversion() {}

    /** The value as one of the type; null, which is no {@link NullValue}, when it is none. A null is of every type. */
    public static @Nullable Value to(Value value, ValueType type) {
        if (type == ValueType.ANY || value.isNull()) {
            return value;
        }
        if (value instanceof ListValue list) {
            return type.element().map(element -> list(list, element)).orElse(null);
        }
        if (value.type() == type) {
            return value;
        }
        if (type == ValueType.DECIMAL && value instanceof IntegerValue integer) {
            return new DecimalValue(integer.asDouble());
        }
        return value instanceof TextValue text ? time(text.text(), type).orElse(null) : null;
    }

    /** Whether the value is text, or a list of texts and nulls, where times or durations are required. */
    public static boolean isTimeText(Value value, ValueType type) {
        ValueType scalar = type.element().orElse(type);
        if (value instanceof ListValue list) {
            return type.isList() && list.items().stream().allMatch(item -> item.isNull() || isTimeText(item, scalar));
        }
        return value instanceof TextValue && isTime(type);
    }

    /** Text, or a list of texts, as times: malformed text is a null. */
    public static Value lenient(Value value, ValueType type) {
        if (value instanceof ListValue list) {
            ValueType element = type.element().orElseThrow();
            return new ListValue(
                    list.items().stream().map(item -> lenient(item, element)).toList());
        }
        Value converted = to(value, type);
        return converted == null ? NullValue.NULL : converted;
    }

    /** Whether values of the type are written as ISO-8601 text. */
    public static boolean isTime(ValueType type) {
        return switch (type) {
            case DATE_TIME, DATE_TIME_ONLY, DATE_ONLY, DURATION -> true;
            default -> false;
        };
    }

    private static Optional<? extends Value> time(String text, ValueType type) {
        return switch (type) {
            case DATE_TIME -> TimeText.dateTime(text);
            case DATE_TIME_ONLY -> TimeText.dateTimeOnly(text);
            case DATE_ONLY -> TimeText.dateOnly(text);
            case DURATION -> TimeText.duration(text);
            default -> Optional.empty();
        };
    }

    private static @Nullable Value list(ListValue list, ValueType element) {
        List<Value> items = new ArrayList<>(list.items().size());
        boolean isChanged = false;
        for (Value item : list.items()) {
            Value converted = to(item, element);
            if (converted == null) {
                return null;
            }
            isChanged |= converted != item;
            items.add(converted);
        }
        return isChanged ? new ListValue(items) : list;
    }
}
