package dev.onward.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.stream.StreamSupport;

/** Compares an answer with the expected forms of the tables. */
final class ExpectedResult {

    private static final double TOLERANCE = 1e-9;

    private ExpectedResult() {}

    static void verify(JsonNode answer, JsonNode expected) {
        if (expected.has("error")) {
            assertThat(answer.path("errors")).as("errors in %s", answer).isNotEmpty();
            return;
        }
        assertThat(answer.path("errors")).as("errors").isEmpty();
        JsonNode value = answer.path("value");
        String type = answer.path("type").textValue();
        if (expected.has("approx")) {
            approximately(type, value, expected);
        } else if (expected.has("property")) {
            property(type, value, expected.path("property"));
        } else if (expected.isObject() && expected.path("type").isTextual() && expected.has("value")) {
            typed(type, value, expected);
        } else {
            plain(type, value, expected);
        }
    }

    private static void approximately(String type, JsonNode value, JsonNode expected) {
        double wanted = expected.path("approx").doubleValue();
        assertThat(type).isIn("integer", "decimal");
        if (expected.has("type")) {
            assertThat(type).isEqualTo(expected.path("type").textValue());
        }
        assertThat(value.doubleValue()).isCloseTo(wanted, within(TOLERANCE * Math.max(1, Math.abs(wanted))));
    }

    private static void property(String type, JsonNode value, JsonNode property) {
        assertThat(type).isEqualTo(property.path("type").textValue());
        if (property.has("min")) {
            assertThat(value.doubleValue())
                    .isGreaterThanOrEqualTo(property.path("min").doubleValue());
        }
        if (property.has("maxExclusive")) {
            assertThat(value.doubleValue())
                    .isLessThan(property.path("maxExclusive").doubleValue());
        }
        if (property.has("regex")) {
            assertThat(value.textValue()).matches(property.path("regex").textValue());
        }
    }

    private static void typed(String type, JsonNode value, JsonNode expected) {
        String wanted = expected.path("value").asText();
        switch (expected.path("type").textValue()) {
            case "dateTime" ->
                assertThat(OffsetDateTime.parse(value.textValue())).isEqualTo(OffsetDateTime.parse(wanted));
            case "dateTimeOnly" ->
                assertThat(LocalDateTime.parse(value.textValue())).isEqualTo(LocalDateTime.parse(wanted));
            case "dateOnly" -> assertThat(LocalDate.parse(value.textValue())).isEqualTo(LocalDate.parse(wanted));
            case "duration" ->
                assertThat(millis(value)).isEqualTo(expected.path("millis").longValue());
            case "listDuration" ->
                assertThat(StreamSupport.stream(value.spliterator(), false).map(ExpectedResult::millis))
                        .containsExactlyElementsOf(
                                StreamSupport.stream(expected.path("millis").spliterator(), false)
                                        .map(JsonNode::longValue)
                                        .toList());
            case "listDecimal" -> decimals(value, expected.path("value"));
            default -> throw new IllegalArgumentException("a form that no rule is for: " + expected);
        }
        assertThat(type).isEqualTo(expected.path("type").textValue());
        if (type.equals("dateTime")) {
            assertThat(OffsetDateTime.parse(value.textValue()).getOffset())
                    .isEqualTo(OffsetDateTime.parse(wanted).getOffset());
        }
    }

    private static long millis(JsonNode duration) {
        return Duration.parse(duration.textValue()).toMillis();
    }

    private static void decimals(JsonNode value, JsonNode expected) {
        assertThat(value).hasSize(expected.size());
        for (int at = 0; at < expected.size(); at++) {
            assertThat(value.get(at).doubleValue()).isEqualTo(expected.get(at).doubleValue());
        }
    }

    private static void plain(String type, JsonNode value, JsonNode expected) {
        if (expected.isIntegralNumber()) {
            assertThat(type).isEqualTo("integer");
        }
        assertThat(value.toString()).isEqualTo(expected.toString());
    }
}
