package dev.onward.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.CaseTable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code idempotency-keys.json}: a header, and the key that it gives, if it gives one. */
class IdempotencyKeyTest {

    static Stream<JsonNode> refusedRows() {
        return rows().filter(row -> !row.has("key"));
    }

    static Stream<JsonNode> takenRows() {
        return rows().filter(row -> row.has("key"));
    }

    @ParameterizedTest
    @MethodSource("refusedRows")
    void what_is_no_key_is_refused(JsonNode row) {
        assertRefused(row.get("header").textValue());
    }

    @ParameterizedTest
    @MethodSource("takenRows")
    void a_key_is_read_bare_or_quoted(JsonNode row) {
        assertThat(IdempotencyKey.parse(row.get("header").textValue()).text())
                .isEqualTo(row.get("key").textValue());
    }

    @Test
    void a_key_has_255_characters_at_most_without_its_quotes_and_escapes() {
        assertThat(IdempotencyKey.parse("a".repeat(255)).text()).hasSize(255);
        assertThat(IdempotencyKey.parse("\"" + "\\\"".repeat(255) + "\"").text())
                .isEqualTo("\"".repeat(255));
        assertRefused("a".repeat(256));
        assertRefused("\"" + "a".repeat(256) + "\"");
        assertRefused("\"" + "\\\"".repeat(256) + "\"");
        assertRefused("\"" + "a".repeat(1_000_000) + "\"");
    }

    private static void assertRefused(String header) {
        assertThatThrownBy(() -> IdempotencyKey.parse(header))
                .isInstanceOfSatisfying(
                        IdempotencyException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(IdempotencyException.Reason.INVALID));
    }

    private static Stream<JsonNode> rows() {
        return CaseTable.read("/invocation/idempotency-keys.json").valueStream();
    }
}
