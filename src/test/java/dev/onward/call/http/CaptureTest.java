package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.call.BodyCapture;
import dev.onward.call.CapturedMessage;
import dev.onward.egress.Destination;
import dev.onward.egress.Header;
import dev.onward.egress.Scheme;
import dev.onward.secret.Masker;
import dev.onward.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureTest {

    private static final Capture FULL = new Capture(new Redaction(BodyCapture.FULL, Masker.NONE));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "authorization",
                "COOKIE",
                "Set-Cookie",
                "Proxy-Authorization",
                "X-Api-Key",
                "api-key"
            })
    void values_of_secret_headers_are_masked(String name) {
        CapturedMessage message = FULL.message(List.of(new Header(name, "s3cret")), new byte[0]);

        assertThat(message.headers()).containsExactly(new Header(name, "***"));
    }

    @Test
    void other_headers_are_kept() {
        Header header = new Header("Content-Type", "application/json");

        assertThat(FULL.message(List.of(header), new byte[0]).headers()).containsExactly(header);
    }

    @Test
    void bodies_that_shall_not_be_kept_are_not() {
        Capture none = new Capture(new Redaction(new BodyCapture(false, List.of()), Masker.NONE));

        CapturedMessage message = none.message(List.of(), bytes("{\"to\":\"+336\"}"));

        assertThat(message.body()).isEmpty();
        assertThat(message.bodyTruncated()).isFalse();
    }

    @Test
    void no_body_is_no_text() {
        assertThat(FULL.message(List.of(), new byte[0]).body()).isEmpty();
    }

    @Test
    void a_body_of_eight_kilobytes_is_kept_whole_and_a_longer_one_cut() {
        CapturedMessage whole = FULL.message(List.of(), bytes("x".repeat(8_192)));
        CapturedMessage cut = FULL.message(List.of(), bytes("x".repeat(8_193)));

        assertThat(whole.body()).contains("x".repeat(8_192));
        assertThat(whole.bodyTruncated()).isFalse();
        assertThat(cut.body()).contains("x".repeat(8_192));
        assertThat(cut.bodyTruncated()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"é, 8191, 8191", "€, 8190, 8190", "€, 8191, 8191", "😀, 8189, 8189", "😀, 8191, 8191", "é, 8190, 8192"})
    void the_cut_splits_no_character(String character, int before, int keptBytes) {
        CapturedMessage message = FULL.message(List.of(), bytes("x".repeat(before) + character + "yyyy"));

        assertThat(message.body().orElseThrow().getBytes(StandardCharsets.UTF_8))
                .hasSize(keptBytes);
        assertThat(message.body().orElseThrow()).doesNotContain("\uFFFD");
    }

    @Test
    void bytes_that_are_no_text_become_replacement_characters() {
        byte[] body = {(byte) 0xC3, 0x28, (byte) 0xFF, 'a', 0};

        assertThat(FULL.message(List.of(), body).body()).contains("\uFFFD(\uFFFDa\0");
    }

    @Test
    void a_long_run_of_stray_bytes_is_cut_too() {
        byte[] body = new byte[9_000];
        Arrays.fill(body, (byte) 0x80);

        CapturedMessage message = FULL.message(List.of(), body);

        assertThat(message.body().orElseThrow()).hasSize(8_192);
        assertThat(message.bodyTruncated()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/to        | {\"to\":\"+336\",\"n\":1.50}   | {\"to\":\"***\",\"n\":1.50}",
                "/to        | {\"to\":{\"a\":[1,2]}}         | {\"to\":\"***\"}",
                "/to        | {\"to\":null}                  | {\"to\":\"***\"}",
                "/lines/1/a | {\"lines\":[{\"a\":1},{\"a\":2}]} | {\"lines\":[{\"a\":1},{\"a\":\"***\"}]}",
                "/0         | [1,2]                          | [\"***\",2]",
                "/a~1b      | {\"a/b\":1}                    | {\"a/b\":\"***\"}",
                "/absent    | {\"to\":1}                     | {\"to\":1}",
                "/to/deeper | {\"to\":1}                     | {\"to\":1}",
                "/9         | [1]                            | [1]",
                "/to        | \"to\"                         | \"to\"",
            })
    void places_of_a_json_body_are_masked(String pointer, String body, String expected) {
        assertThat(redacting(pointer).message(List.of(), bytes(body)).body()).contains(expected);
    }

    @Test
    void the_empty_pointer_masks_the_whole_body() {
        assertThat(redacting("").message(List.of(), bytes("{\"to\":1}")).body()).contains("\"***\"");
    }

    @Test
    void what_is_masked_is_masked_before_the_cut() {
        String body = "{\"pad\":\"" + "x".repeat(8_180) + "\",\"to\":\"+33600000000\"}";

        CapturedMessage message = redacting("/to").message(List.of(), bytes(body));

        assertThat(message.body().orElseThrow()).doesNotContain("+336");
        assertThat(message.bodyTruncated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"to=%2B336", "{\"to\":\"+336\"", "{\"to\":\"+336\"} x", "{\"to\":1,\"to\":\"+336\"}"})
    void a_body_whose_places_cannot_be_found_is_not_kept_and_says_so(String body) {
        CapturedMessage message = redacting("/to").message(List.of(), bytes(body));

        assertThat(message.body().orElseThrow()).startsWith("(not kept").doesNotContain("+336");
    }

    @Test
    void secret_values_are_masked_wherever_they_stand() {
        Capture capture = new Capture(new Redaction(BodyCapture.FULL, Masker.of(List.of(SecretText.of("s3cret")))));

        CapturedMessage message = capture.message(
                List.of(new Header("X-Tenant", "acme s3cret")), bytes("x".repeat(8_185) + "s3cret s3cret"));

        assertThat(message.headers()).containsExactly(new Header("X-Tenant", "acme ***"));
        assertThat(message.body().orElseThrow()).doesNotContain("s3").endsWith("***");
        assertThat(capture.url(new Destination(Scheme.HTTPS, "a.test", 443, "/x", "key=s3cret")))
                .isEqualTo("https://a.test/x?key=***");
    }

    private static Capture redacting(String... pointers) {
        List<JsonPointer> places = Stream.of(pointers).map(JsonPointer::compile).toList();
        return new Capture(new Redaction(new BodyCapture(true, places), Masker.NONE));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
