package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenPathTest {

    @Test
    void its_members_are_told_apart_and_put_together_again() {
        TokenPath path = TokenPath.parse("json://data.token.value").orElseThrow();

        assertThat(path.members()).containsExactly("data", "token", "value");
        assertThat(path).hasToString("json://data.token.value");
    }

    @Test
    void the_whole_answer_is_written_as_a_definition_writes_it() {
        assertThat(TokenPath.WHOLE).hasToString("response");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "access_token", "json:/a", "JSON://a", "json://", "json://a.", "json://.a", "json://a..b"})
    void another_text_is_no_path(String text) {
        assertThat(TokenPath.parse(text)).isEmpty();
    }

    @Test
    void a_value_is_found_at_its_depth() {
        assertThat(value("data", "token").textValue()).isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "list", "text"})
    void a_value_behind_what_has_no_members_is_missing(String member) {
        assertThat(value(member, "token").isMissingNode()).isTrue();
    }

    private static JsonNode value(String... members) {
        String document = "{\"data\":{\"token\":\"t\"},\"list\":[1],\"text\":\"x\"}";
        return new TokenPath(List.of(members)).in(StrictJson.read(document.getBytes(StandardCharsets.UTF_8)));
    }
}
