package dev.onward.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @ParameterizedTest
    @ValueSource(strings = {"!", "a", "QQ==QQ", "QQ QQ", "ä", "\u0000", "Q+/"})
    void what_is_no_base64_is_refused(String text) {
        assertThatThrownBy(() -> Cursor.parse(text, 1)).isInstanceOf(CursorInvalidException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "name", "afte", "after"})
    void a_text_that_no_list_gave_out_is_refused(String text) {
        assertThatThrownBy(() -> Cursor.parse(base64(text), 1)).isInstanceOf(CursorInvalidException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000", "\t", "\r"})
    void a_key_with_other_parts_or_control_characters_is_refused(String key) {
        assertThatThrownBy(() -> Cursor.parse(encoded(key), 1)).isInstanceOf(CursorInvalidException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "1234567890", "x", "٣"})
    void a_number_that_is_none_is_refused(String key) {
        assertThatThrownBy(() -> Cursor.parseNumber(encoded(key))).isInstanceOf(CursorInvalidException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "", "Größe 😀", "'\";--", "￿", "a/b?c&d=e"})
    void a_cursor_comes_back_as_it_was_given_out(String part) {
        Cursor cursor = new Cursor(List.of(part, "2"));
        assertThat(cursor.text()).matches("[A-Za-z0-9_-]*");
        assertThat(Cursor.parse(cursor.text(), 2)).isEqualTo(cursor);
    }

    @Test
    void a_number_comes_back_as_it_was_given_out() {
        assertThat(Cursor.parseNumber(new Cursor(List.of("999999999")).text())).isEqualTo(999_999_999);
    }

    private static String encoded(String key) {
        return base64("after:" + key);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
