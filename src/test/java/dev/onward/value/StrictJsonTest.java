package dev.onward.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.CaseTable;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StrictJsonTest {

    static Stream<Case> refused() {
        return cases().filter(row -> row.row.has("refused"));
    }

    static Stream<Case> read() {
        return cases().filter(row -> row.row.has("gives"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_breaks_a_rule_is_refused_with_the_rule(Case row) {
        assertThatThrownBy(() -> StrictJson.read(row.bytes()))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(row.row.get("refused").textValue());
    }

    @ParameterizedTest
    @MethodSource("read")
    void what_keeps_the_rules_is_read_as_it_is(Case row) {
        JsonBuffer written = new JsonBuffer(16);
        written.value(StrictJson.read(row.bytes()));
        assertThat(new String(written.toByteArray(), StandardCharsets.UTF_8))
                .isEqualTo(row.row.get("gives").textValue());
    }

    @Test
    void sixty_four_levels_are_read() {
        String nested = "[".repeat(StrictJson.MAX_DEPTH) + "]".repeat(StrictJson.MAX_DEPTH);
        assertThat(StrictJson.read(utf8(nested)).toString()).isEqualTo(nested);
    }

    @Test
    void a_number_that_would_be_written_longer_than_it_is_read_is_refused() {
        assertThatThrownBy(() -> StrictJson.read(utf8("9".repeat(995) + "e1")))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("1000 characters");
        JsonNode most = StrictJson.read(utf8("9".repeat(993) + "e1"));
        assertThat(StrictJson.read(JsonBuffer.bytesOf(most))).isEqualTo(most);
    }

    @Test
    void what_was_read_by_the_rules_is_readable_inside_a_document_of_ours() {
        String deepest = "[".repeat(64) + "]".repeat(64);
        assertThat(StrictJson.readStored("{\"a\":{\"b\":{\"c\":" + deepest + "}}}")
                        .at("/a/b/c"))
                .isEqualTo(StrictJson.read(utf8(deepest)));
        assertThatThrownBy(() -> StrictJson.readStored("{")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_thousand_digits_are_read() {
        String digits = "7".repeat(StrictJson.MAX_NUMBER_LENGTH);
        assertThat(StrictJson.read(utf8(digits)).bigIntegerValue()).hasToString(digits);
    }

    @Test
    void the_place_of_a_fault_is_told_and_nothing_is_quoted() {
        assertThatThrownBy(() -> StrictJson.read(utf8("{\n  \"secret\": hunter2 }")))
                .isInstanceOfSatisfying(JsonException.class, fault -> {
                    assertThat(fault.line()).isEqualTo(2);
                    assertThat(fault.column()).isPositive();
                    assertThat(fault).hasMessageContaining("line 2").hasMessageNotContainingAny("secret", "hunter2");
                });
    }

    private static Stream<Case> cases() {
        return CaseTable.read("/value/strict-json.json").valueStream().map(Case::new);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A row: {@code text}, then {@code more} text, then bytes in {@code hex}, each optional. */
    private record Case(JsonNode row) {

        byte[] bytes() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(utf8(text(row.path("text"))));
            bytes.writeBytes(utf8(text(row.path("more"))));
            bytes.writeBytes(HexFormat.of().parseHex(row.path("hex").asText()));
            return bytes.toByteArray();
        }

        private static String text(JsonNode text) {
            return text.isObject()
                    ? text.get("$of").textValue().repeat(text.get("$times").intValue())
                    : text.asText();
        }

        @Override
        public String toString() {
            return row.get("name").textValue();
        }
    }
}
