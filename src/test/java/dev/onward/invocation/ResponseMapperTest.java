package dev.onward.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.action.ActionDefinition;
import dev.onward.action.TestActions;
import dev.onward.call.Answer;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallResult;
import dev.onward.call.Outcome;
import dev.onward.egress.Header;
import dev.onward.secret.Masker;
import dev.onward.secret.SecretText;
import dev.onward.testsupport.CaseTable;
import dev.onward.testsupport.Definitions;
import dev.onward.value.Issue;
import dev.onward.value.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code responses.json}: an answer, and what it gives. */
class ResponseMapperTest {

    private static final ActionDefinition WITH_SAMPLE = definition("{\"response\":{\"payload\":{\"a\":[]}}}");

    static Stream<Arguments> rows() {
        return CaseTable.read("/invocation/responses.json")
                .valueStream()
                .map(row -> Arguments.of(row.get("name").textValue(), row));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void an_answer_gives_what_the_samples_name(String name, JsonNode row) {
        JsonNode with = row.has("with") ? row.get("with") : JsonNodeFactory.instance.objectNode();
        MappedResponse mapped = ResponseMapper.map(
                result(
                        row.get("status").intValue(),
                        headers(row),
                        row.get("body").textValue().getBytes(StandardCharsets.UTF_8)),
                TestActions.compiled(Definitions.merged(Definitions.smallest("A"), with)));
        JsonNode gives = row.get("gives");
        assertThat(mapped.outcome().wireName()).isEqualTo(gives.get("outcome").textValue());
        assertThat(mapped.outcome().status()).hasValue(row.get("status").intValue());
        assertThat(mapped.outcome().error().map(error -> error.code().code())).isEqualTo(text(gives, "code"));
        assertThat(mapped.response().map(JsonBuffer::textOf)).isEqualTo(text(gives, "response"));
        assertThat(mapped.errorResponse().map(JsonBuffer::textOf)).isEqualTo(text(gives, "errorResponse"));
        assertThat(mapped.warnings().stream().map(ResponseMapperTest::told))
                .containsExactlyElementsOf(gives.path("warnings")
                        .valueStream()
                        .map(JsonNode::textValue)
                        .toList());
    }

    @Test
    void a_body_of_65_levels_is_not_mapped() {
        assertThat(mapped(levels(65)).response()).isEmpty();
        assertThat(mapped(levels(64)).response()).isPresent();
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                Arguments.of("100,000 levels of arrays", utf8("[".repeat(100_000))),
                Arguments.of("100,000 levels of objects", utf8("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000))),
                Arguments.of("a million levels", utf8("[".repeat(1024 * 1024))),
                Arguments.of("a number of a million digits", utf8("{\"a\":[" + "9".repeat(1_000_000) + "]}")),
                Arguments.of("an exponent beyond all numbers", utf8("{\"a\":[1e99999999999999999999]}")),
                Arguments.of("an exponent below all numbers", utf8("{\"a\":[1e-999999999]}")),
                Arguments.of("Latin-1", "{\"a\":[\"\u00e4\"]}".getBytes(StandardCharsets.ISO_8859_1)),
                Arguments.of("UTF-16", "{\"a\":[1]}".getBytes(StandardCharsets.UTF_16)),
                Arguments.of("an overlong slash", new byte[] {'"', (byte) 0xC0, (byte) 0xAF, '"'}),
                Arguments.of("an encoded surrogate", new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}),
                Arguments.of("zeros", new byte[1024 * 1024]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void an_attack_on_the_mapping_leaves_the_call_delivered_and_a_warning(String name, byte[] body) {
        MappedResponse mapped = mapped(body);
        assertThat(mapped.outcome()).isEqualTo(new Outcome.Succeeded(200));
        assertThat(mapped.response()).isEmpty();
        assertThat(mapped.warnings()).extracting(ResponseMapperTest::told).containsExactly(" response-not-json");
        assertThat(mapped.warnings().get(0).message()).matches("[ -~\u00b1]{1,300}");
    }

    @Test
    void a_text_of_a_mebibyte_is_kept_whole() {
        String text = "\u00e4".repeat(500_000);
        assertThat(mapped(utf8("{\"a\":[\"" + text + "\"]}"))
                        .response()
                        .orElseThrow()
                        .at("/a/0")
                        .textValue())
                .isEqualTo(text);
    }

    @Test
    void a_flood_of_wrong_types_is_not_told_to_the_end() {
        MappedResponse mapped = ResponseMapper.map(
                result(200, List.of(), utf8("{\"a\":[" + "7,".repeat(300_000) + "7]}")),
                definition("{\"response\":{\"payload\":{\"a\":[\"x\"]}}}"));
        assertThat(mapped.response().map(JsonBuffer::textOf)).contains("{\"a\":[]}");
        assertThat(mapped.warnings()).hasSize(100);
    }

    @Test
    void a_foreign_type_is_told_shortened_and_without_what_cannot_be_shown() {
        List<Header> headers = List.of(
                new Header("Content-Type", "text/\u0000\u001b[31m\u00e9" + "x".repeat(10_000)),
                new Header("Content-Encoding", "gzip\r\n"));
        MappedResponse mapped = ResponseMapper.map(result(200, headers, utf8("{}")), WITH_SAMPLE);
        assertThat(mapped.warnings())
                .hasSize(2)
                .allSatisfy(warning -> assertThat(warning.message()).matches("[ -~]{1,200}"));
        assertThat(mapped.warnings().get(0).message()).contains("'text/??[31m?xxx");
        assertThat(mapped.warnings().get(1).message()).contains("'gzip??'");
    }

    @Test
    void a_call_without_an_answer_gives_nothing() {
        Outcome failed = new Outcome.Failed(
                OptionalInt.empty(), Optional.of(new CallError(CallErrorCode.CONNECT, "nobody listens")));
        CallResult result =
                new CallResult(failed, Optional.empty(), List.of(), Optional.empty(), Masker.NONE, Duration.ZERO);
        assertThat(ResponseMapper.map(result, WITH_SAMPLE))
                .isEqualTo(new MappedResponse(failed, Optional.empty(), Optional.empty(), List.of()));
    }

    @Test
    void secrets_are_masked_as_names_and_as_numbers_too() {
        Masker masker = Masker.of(List.of(SecretText.of("Qx7-secret"), SecretText.of("12345678")));
        JsonNode shown = mapped(
                        utf8("{\"a\":[{\"Qx7-secret\":\"v\",\"n\":12345678,\"m\":9123456780,\"t\":\"a 12345678\"}]}"))
                .masked(masker)
                .response()
                .orElseThrow();
        assertThat(shown.toString())
                .isEqualTo("{\"a\":[{\"***\":\"v\",\"n\":\"***\",\"m\":9123456780,\"t\":\"a ***\"}]}");
    }

    private static MappedResponse mapped(byte[] body) {
        return ResponseMapper.map(result(200, List.of(), body), WITH_SAMPLE);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] levels(int levels) {
        return ("{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static CallResult result(int status, List<Header> headers, byte[] body) {
        Outcome outcome = status / 100 == 2
                ? new Outcome.Succeeded(status)
                : new Outcome.Failed(OptionalInt.of(status), Optional.empty());
        return new CallResult(
                outcome,
                Optional.of(new Answer(status, headers, body)),
                List.of(),
                Optional.empty(),
                Masker.NONE,
                Duration.ZERO);
    }

    private static List<Header> headers(JsonNode row) {
        return row.path("headers")
                .valueStream()
                .map(header ->
                        new Header(header.get(0).textValue(), header.get(1).textValue()))
                .toList();
    }

    private static ActionDefinition definition(String with) {
        return TestActions.compiled(Definitions.merged(Definitions.smallest("A"), Definitions.parse(with)));
    }

    private static Optional<String> text(JsonNode gives, String member) {
        return Optional.ofNullable(gives.get(member)).map(JsonNode::textValue);
    }

    private static String told(Issue issue) {
        return issue.pointer() + " " + issue.code().code();
    }
}
