package dev.onward.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.secret.SecretText;
import dev.onward.testsupport.Definitions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodeFunctionTest {

    private final List<SecretText> secrets = new ArrayList<>();
    private final EncodeFunction function = new EncodeFunction(secrets::add);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Basic EncodeBase64(id:secret) | Basic aWQ6c2VjcmV0",
                "Basic Encode64(id:secret) | Basic aWQ6c2VjcmV0",
                "EncodeBase64(a:b) and EncodeBase64(c:d)! | YTpi and Yzpk!",
                "EncodeBase64(a:b)Encode64(c:d) | YTpiYzpk",
                "EncodeBase64(a:b) (as agreed) | YTpi (as agreed)",
                "EncodeBase64(a:b),(x) | YTpi,(x)",
                "Basic EncodeBase64(id:pa)ss) | Basic aWQ6cGEpc3M=",
                "EncodeBase64(id:p(q)) | aWQ6cChxKQ==",
                "EncodeBase64() | ''",
                "EncodeBase64(a:b | EncodeBase64(a:b",
                "EncodeBase64(a:$1) | YTokMQ==",
                "encodebase64(a:b) | encodebase64(a:b)"
            })
    void each_call_is_replaced_and_nothing_else(String text, String expected) {
        assertThat(function.applied(SecretText.of(text)).reveal()).isEqualTo(expected);
    }

    @Test
    void what_it_is_given_and_what_it_gives_are_secrets() {
        function.applied(SecretText.of("Basic EncodeBase64(id:pa:ss)"));
        assertThat(secrets).contains(SecretText.of("id:pa:ss"), SecretText.of("pa:ss"), SecretText.of("aWQ6cGE6c3M="));
    }

    @Test
    void every_text_of_a_tree_is_searched() {
        JsonNode tree = Definitions.parse("{\"a\":[\"EncodeBase64(a:b)\",1],\"b\":{\"c\":\"Encode64(c:d)\"}}");
        assertThat(function.applied(tree).toString()).isEqualTo("{\"a\":[\"YTpi\",1],\"b\":{\"c\":\"Yzpk\"}}");
    }

    @Test
    void a_text_full_of_parentheses_takes_no_time() {
        String text = "EncodeBase64(" + ")a".repeat(30_000);
        assertThat(function.applied(SecretText.of(text)).reveal()).hasSizeGreaterThan(30_000);
    }
}
