package dev.onward.calllog.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.call.CallId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogCursorTest {

    private static final LogCursor CURSOR = new LogCursor(
            Instant.parse("2026-01-31T10:00:00.123Z"),
            CallId.parse("0193b4a0-0000-7000-8000-000000000001").orElseThrow());

    @Test
    void a_cursor_comes_back_as_it_was() {
        assertThat(LogCursor.parse(CURSOR.toString())).isEqualTo(CURSOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "!!!!", "AA", "AQ==", "é", "null", "0193b4a0-0000-7000-8000-000000000001"})
    void other_text_is_no_cursor(String text) {
        assertThatThrownBy(() -> LogCursor.parse(text)).isInstanceOf(CursorInvalidException.class);
    }

    @Test
    void no_changed_cursor_throws_anything_but_that_it_is_invalid() {
        String text = CURSOR.toString();
        for (int i = 0; i < text.length(); i++) {
            for (char other : "Az0_-=+/".toCharArray()) {
                String changed = text.substring(0, i) + other + text.substring(i + 1);
                try {
                    assertThat(LogCursor.parse(changed).toString()).isEqualTo(changed);
                } catch (CursorInvalidException refused) {
                    assertThat(changed).isNotEqualTo(text);
                }
            }
        }
    }
}
