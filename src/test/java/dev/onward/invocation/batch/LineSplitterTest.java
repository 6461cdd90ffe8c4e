package dev.onward.invocation.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.invocation.batch.LineSplitter.Line;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {

    private static final int LIMIT = 8;

    private final LineSplitter splitter = new LineSplitter(LIMIT);

    @Test
    void a_line_that_is_too_long_is_told_and_the_next_is_whole() {
        assertThat(split("123456789\nok\n")).containsExactly("1:too long", "2:ok");
    }

    @Test
    void a_line_that_grows_too_long_over_many_chunks_is_told_once() {
        assertThat(split("1234", "5678", "9", "", "0123456789", "\nok\n")).containsExactly("1:too long", "2:ok");
    }

    @Test
    void a_line_that_never_ends_is_told_at_the_end() {
        assertThat(split("123456789")).containsExactly("1:too long");
    }

    @Test
    void a_line_of_just_the_limit_is_whole() {
        assertThat(split("12345678\n")).containsExactly("1:12345678");
    }

    @Test
    void a_chunk_is_not_taken_before_the_one_before_is_used_up() {
        splitter.add(bytes("a\nb\n"));
        splitter.next();
        assertThatThrownBy(() -> splitter.add(bytes("c"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothing_gives_nothing() {
        assertThat(split()).isEmpty();
        assertThat(split("")).isEmpty();
    }

    @Test
    void blank_lines_are_passed_over_and_counted() {
        assertThat(split("\n \t\n\r\na\n\nb\n\n")).containsExactly("4:a", "6:b");
    }

    @Test
    void a_carriage_return_at_the_end_of_a_line_is_no_part_of_it() {
        assertThat(split("a\r\nb\rc\r\n")).containsExactly("1:a", "2:b\rc");
    }

    @Test
    void the_last_line_needs_no_line_feed() {
        assertThat(split("a\nb")).containsExactly("1:a", "2:b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 100})
    void it_does_not_matter_where_chunks_are_cut(int size) {
        String text = "one\n\ntwo\r\nthree\nfourfourfour\nfive";
        List<String> chunks = new ArrayList<>();
        for (int i = 0; i < text.length(); i += size) {
            chunks.add(text.substring(i, Math.min(text.length(), i + size)));
        }
        assertThat(split(chunks.toArray(String[]::new)))
                .containsExactly("1:one", "3:two", "4:three", "5:too long", "6:five");
    }

    private List<String> split(String... chunks) {
        List<String> lines = new ArrayList<>();
        for (String chunk : chunks) {
            splitter.add(bytes(chunk));
            for (Optional<Line> line = splitter.next(); line.isPresent(); line = splitter.next()) {
                lines.add(shown(line.get()));
            }
        }
        splitter.last().map(LineSplitterTest::shown).ifPresent(lines::add);
        return lines;
    }

    private static String shown(Line line) {
        return line.number()
                + ":"
                + line.text()
                        .map(text -> new String(text, StandardCharsets.UTF_8))
                        .orElse("too long");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
