package dev.onward.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/** Recognises ISO-8601 text of the date and duration types. */
final class IsoText {

    private IsoText() {}

    static boolean isDateTime(JsonNode value) {
        return parses(value, OffsetDateTime::parse);
    }

    static boolean isLocal(JsonNode value) {
        return parses(value, LocalDateTime::parse);
    }

    static boolean isDate(JsonNode value) {
        return parses(value, LocalDate::parse);
    }

    static boolean isDuration(JsonNode value) {
        return parses(value, Duration::parse);
    }

    private static boolean parses(JsonNode value, Function<String, Object> parser) {
        if (!value.isTextual()) {
            return false;
        }
        try {
            return parser.apply(value.textValue()) != null;
        } catch (DateTimeParseException notIso) {
            return false;
        }
    }
}
