package dev.onward.journey.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.value.Cursor;
import dev.onward.value.CursorInvalidException;
import dev.onward.value.InvalidException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepEventQueryTest {

    @Test
    void nothing_asked_is_everything() {
        StepEventQuery query = StepEventQuery.read(Map.of("journey", List.of(""), "from", List.of("")));
        assertThat(query.filter().journey()).isEmpty();
        assertThat(query.filter().from()).isEmpty();
        assertThat(query.cursor()).isEmpty();
        assertThat(query.limit()).isEqualTo(50);
    }

    @Test
    void times_with_any_offset_are_read() {
        StepEventQuery query = StepEventQuery.read(
                Map.of("from", List.of("2026-01-31T10:00:00+02:00"), "to", List.of("9999-12-31T23:59:59.999Z")));
        assertThat(query.filter().from()).contains(Instant.parse("2026-01-31T08:00:00Z"));
        assertThat(query.filter().to()).contains(Instant.parse("9999-12-31T23:59:59.999Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "colour, red, unknown-member",
        "from, yesterday, bad-format",
        "from, 2026-01-31, bad-format",
        "to, +10000-01-01T00:00:00Z, bad-format",
        "to, -0001-01-01T00:00:00Z, bad-format",
        "limit, 0, out-of-range",
        "limit, 1001, out-of-range",
        "limit, many, out-of-range"
    })
    void what_makes_no_sense_is_told(String name, String value, String code) {
        assertThatThrownBy(() -> StepEventQuery.read(Map.of(name, List.of(value))))
                .isInstanceOfSatisfying(
                        InvalidException.class,
                        invalid -> assertThat(invalid.issues())
                                .extracting(issue ->
                                        issue.pointer() + " " + issue.code().code())
                                .containsExactly("/" + name + " " + code));
    }

    @Test
    void a_cursor_of_another_list_is_refused() {
        String other = new Cursor(List.of("a")).text();
        assertThatThrownBy(() -> StepEventQuery.read(Map.of("cursor", List.of(other))))
                .isInstanceOf(CursorInvalidException.class);
    }
}
