package dev.onward.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoredTextTest {

    private static final List<String> PIECES =
            List.of("\\", "u", "0000", "\0", "\ud800", "\udc00", "\ud83d\ude00", "D800", "é", "\n", "x");

    @Test
    void what_postgresql_refuses_is_escaped() {
        Map<String, String> storedByText = Map.of(
                "plain", "plain",
                "a\\b", "a\\\\b",
                "\0", "\\u0000",
                "\ud800", "\\uD800",
                "\udc00x", "\\uDC00x",
                "\ud83d\ude00", "\ud83d\ude00",
                "\ud83d\ud83d\ude00", "\\uD83D\ud83d\ude00",
                "\\u0000", "\\\\u0000");
        storedByText.forEach(
                (text, stored) -> assertThat(StoredText.escape(text)).isEqualTo(stored));
    }

    @Test
    void any_text_comes_back_as_it_was() {
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(8), 0, PIECES.size()).forEach(piece -> text.append(PIECES.get(piece)));
            assertThat(StoredText.unescape(StoredText.escape(text.toString()))).isEqualTo(text.toString());
        }
    }
}
