package dev.onward.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.action.TestActions;
import dev.onward.call.OutboundRequest;
import dev.onward.testsupport.CaseTable;
import dev.onward.testsupport.Definitions;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code requests.json}: a definition, an invocation, and the message or the faults that they give. */
class RequestRendererTest {

    private final RequestRenderer renderer = new RequestRenderer("Onward/1");

    static Stream<Arguments> refusedRows() {
        return rows("issues");
    }

    static Stream<Arguments> renderedRows() {
        return rows("gives");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedRows")
    void what_does_not_fit_is_refused_with_every_fault(String name, JsonNode row) {
        assertThatThrownBy(() -> render(row))
                .isInstanceOfSatisfying(
                        ArgumentsInvalidException.class,
                        refusal -> assertThat(refusal.issues().stream()
                                        .map(issue -> issue.pointer() + " "
                                                + issue.code().code()))
                                .containsExactlyElementsOf(row.get("issues")
                                        .valueStream()
                                        .map(JsonNode::textValue)
                                        .toList()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("renderedRows")
    void a_message_is_rendered(String name, JsonNode row) {
        OutboundRequest message = render(row);
        JsonNode gives = row.get("gives");
        assertThat(message.method().name()).isEqualTo(gives.get("method").textValue());
        assertThat(message.destination().url()).isEqualTo(gives.get("url").textValue());
        Map<String, String> headers = new LinkedHashMap<>();
        message.headers().forEach(header -> headers.put(header.name(), header.value()));
        Map<String, String> expected = new LinkedHashMap<>();
        gives.get("headers")
                .properties()
                .forEach(header ->
                        expected.put(header.getKey(), header.getValue().textValue()));
        assertThat(headers).isEqualTo(expected).hasSize(message.headers().size());
        assertThat(message.body().map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                .isEqualTo(Optional.ofNullable(gives.get("body")).map(JsonNode::textValue));
    }

    @Test
    void a_body_over_its_limit_is_refused() {
        JsonNode row = Definitions.parse("""
                { "with": { "parameters": { "a": { "type": "string" } },
                            "request": { "payload": ["${a}", "${a}"] } },
                  "invocation": { "arguments": { "a": "%s" } } }""".formatted("x".repeat(600_000)));
        assertThatThrownBy(() -> render(row))
                .isInstanceOfSatisfying(
                        ArgumentsInvalidException.class,
                        refusal -> assertThat(refusal.issues().get(0).code().code())
                                .isEqualTo("result-too-large"));
    }

    private OutboundRequest render(JsonNode row) {
        JsonNode nothing = JsonNodeFactory.instance.objectNode();
        JsonNode with = row.has("with") ? row.get("with") : nothing;
        JsonNode invocation = row.has("invocation") ? row.get("invocation") : nothing;
        return renderer.render(
                TestActions.compiled(Definitions.merged(Definitions.smallest("A"), with)),
                InvocationReader.read(invocation));
    }

    private static Stream<Arguments> rows(String member) {
        return CaseTable.read("/invocation/requests.json")
                .valueStream()
                .filter(row -> row.has(member))
                .map(row -> Arguments.of(row.get("name").textValue(), row));
    }
}
