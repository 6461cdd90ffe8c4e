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
                result(row.get("status").intValue(), row.get("body").textValue().getBytes(StandardCharsets.UTF_8)),
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
        assertThat(mapped("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)).response())
                .isEmpty();
    }

    @Test
    void a_body_that_is_not_utf_8_is_not_mapped() {
        assertThat(mapped("{\"a\":[\"ä\"]}".getBytes(StandardCharsets.ISO_8859_1))
                        .response())
                .isEmpty();
    }

    @Test
    void a_call_without_an_answer_gives_nothing() {
        Outcome failed = new Outcome.Failed(
                OptionalInt.empty(), Optional.of(new CallError(CallErrorCode.CONNECT, "nobody listens")));
        CallResult result = new CallResult(failed, Optional.empty(), List.of(), Duration.ZERO);
        assertThat(ResponseMapper.map(result, WITH_SAMPLE))
                .isEqualTo(new MappedResponse(failed, Optional.empty(), Optional.empty(), List.of()));
    }

    private static MappedResponse mapped(byte[] body) {
        return ResponseMapper.map(result(200, body), WITH_SAMPLE);
    }

    private static byte[] levels(int levels) {
        return ("{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static CallResult result(int status, byte[] body) {
        Outcome outcome = status / 100 == 2
                ? new Outcome.Succeeded(status)
                : new Outcome.Failed(OptionalInt.of(status), Optional.empty());
        return new CallResult(outcome, Optional.of(new Answer(status, List.of(), body)), List.of(), Duration.ZERO);
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
