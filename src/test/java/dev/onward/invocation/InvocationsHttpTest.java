package dev.onward.invocation;

import static dev.onward.testsupport.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Received;
import dev.onward.testsupport.StubProvider.Reply;
import dev.onward.value.StrictJson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InvocationsHttpTest {

    private static final String HELLO = "{\"profileId\":\"p-1\",\"arguments\":{\"text\":\"hello\"}}";

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @BeforeEach
    void registerAction() {
        register(Definitions.message("Sms", provider.url("/v1")));
        provider.usually(Reply.json(202, "{\"id\":\"m-77\",\"more\":true}"));
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void arguments_that_do_not_fit_reach_nobody() {
        String faulty = "{\"arguments\":{\"text\":7,\"colour\":1}}";
        for (String way : List.of("invoke", "test", "render")) {
            Response refused = api.post("/actions/Sms/" + way, faulty);
            assertProblem(refused, 422, "arguments-invalid");
            assertThat(Api.json(refused).findValuesAsText("pointer"))
                    .containsExactlyInAnyOrder("/arguments/text", "/arguments/colour");
            assertProblem(api.post("/actions/Sms/" + way, "{}"), 422, "arguments-invalid");
        }
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void a_document_with_faults_tells_all_of_them() {
        Response refused =
                api.post("/actions/Sms/invoke", "{\"profileId\":\"\",\"arguments\":[],\"timeout\":\"PT31S\",\"x\":1}");
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/profileId", "/arguments", "/timeout", "/x");
    }

    @Test
    void an_action_that_is_not_there_is_not_found() {
        for (String way : List.of("invoke", "test", "render")) {
            assertProblem(api.post("/actions/Nobody/" + way, HELLO), 404, "not-found");
        }
    }

    @Test
    void a_bad_answer_is_an_outcome_with_the_fields_of_the_error_sample() {
        provider.next(Reply.json(400, "{\"error\":\"no such number\",\"trace\":\"x\"}"));
        JsonNode answer = invoke(HELLO);
        assertThat(answer.get("outcome").textValue()).isEqualTo("failed");
        assertThat(answer.get("jo_status_code").textValue()).isEqualTo("http_400");
        assertThat(answer.get("errorResponse").toString()).isEqualTo("{\"error\":\"no such number\"}");
        assertThat(answer.has("response")).isFalse();
        assertThat(answer.get("attempts").intValue()).isEqualTo(1);
    }

    @Test
    void a_good_answer_has_the_fields_of_the_response_sample() {
        JsonNode answer = invoke(HELLO);
        assertThat(answer.get("callId").textValue()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}");
        assertThat(answer.get("action").textValue()).isEqualTo("Sms");
        assertThat(answer.get("actionVersion").intValue()).isEqualTo(1);
        assertThat(answer.get("outcome").textValue()).isEqualTo("succeeded");
        assertThat(answer.get("jo_status_code").textValue()).isEqualTo("http_202");
        assertThat(answer.get("response").toString()).isEqualTo("{\"id\":\"m-77\"}");
        assertThat(answer.get("elapsedMs").isIntegralNumber()).isTrue();
        assertThat(answer.has("error")).isFalse();
    }

    @Test
    void a_form_goes_out_and_the_answer_s_header_comes_back() {
        register(Definitions.merged(
                Definitions.smallest("Form"), Definitions.parse("""
                        { "endpoint": { "url": "%s" },
                          "parameters": { "to": { "type": "string" }, "tags": { "type": "listString" } },
                          "request": { "encoding": "form", "payload": { "to": "${to}", "tag": "${tags}" } },
                          "response": { "headers": { "Location": "location" } } }""".formatted(provider.url("/v1")))));
        provider.usually(Reply.status(201).with("location", "/v1/m-7"));
        String invocation = "{\"arguments\":{\"to\":\"+33 6\",\"tags\":[\"a&b\",\"c\"]}}";
        JsonNode rendered = Api.json(api.post("/actions/Form/render", invocation));
        assertThat(rendered.get("body").textValue()).isEqualTo("to=%2B33+6&tag=a%26b&tag=c");
        JsonNode tested = Api.json(api.post("/actions/Form/test", invocation));
        assertThat(tested.at("/exchange/request/body").textValue()).isEqualTo("to=%2B33+6&tag=a%26b&tag=c");
        assertThat(tested.get("response").toString()).isEqualTo("{\"location\":\"/v1/m-7\"}");
        assertThat(provider.requests()).singleElement().satisfies(sent -> {
            assertThat(sent.body()).isEqualTo("to=%2B33+6&tag=a%26b&tag=c");
            assertThat(sent.headers()).containsEntry("Content-Type", "application/x-www-form-urlencoded");
        });
    }

    @Test
    void an_answer_that_calls_itself_html_is_delivered_but_not_mapped() {
        provider.next(Reply.json(200, "{\"id\":\"m-77\"}").with("Content-Type", "text/html"));
        JsonNode tested = Api.json(api.post("/actions/Sms/test", HELLO));
        assertThat(tested.get("outcome").textValue()).isEqualTo("succeeded");
        assertThat(tested.has("response")).isFalse();
        assertThat(tested.at("/warnings/0/code").textValue()).isEqualTo("response-content-type");
    }

    @Test
    void two_503_then_202_are_three_attempts_with_one_idempotency_key() {
        provider.next(Reply.status(503), Reply.status(503));
        JsonNode answer = invoke(HELLO);
        assertThat(answer.get("outcome").textValue()).isEqualTo("succeeded");
        assertThat(answer.get("attempts").intValue()).isEqualTo(3);
        assertThat(provider.requests()).hasSize(3).extracting(Received::body).containsOnly("{\"text\":\"hello\"}");
        assertThat(provider.requests().stream()
                        .map(request -> request.headers().get("Idempotency-Key"))
                        .distinct())
                .hasSize(1)
                .allSatisfy(key -> assertThat(key).contains(answer.get("callId").textValue()));
    }

    @Test
    void a_success_with_text_or_nothing_has_no_response() {
        provider.next(Reply.json(200, "OK, thanks"), Reply.status(204), Reply.json(200, "{\"id\":1}"));
        for (int i = 0; i < 2; i++) {
            JsonNode answer = invoke(HELLO);
            assertThat(answer.get("outcome").textValue()).isEqualTo("succeeded");
            assertThat(answer.has("response")).isFalse();
        }
        assertThat(invoke(HELLO).get("response").toString()).isEqualTo("{}");
    }

    @Test
    void a_provider_that_is_too_slow_is_timed_out() {
        provider.usually(Reply.status(200).after(Duration.ofSeconds(20)));
        JsonNode answer = invoke("{\"arguments\":{\"text\":\"a\"},\"timeout\":\"PT1S\"}");
        assertThat(answer.get("outcome").textValue()).isEqualTo("timedOut");
        assertThat(answer.get("jo_status_code").textValue()).isEqualTo("timedout");
        assertThat(answer.at("/error/code").textValue()).isNotEmpty();
        assertThat(answer.get("elapsedMs").longValue()).isLessThan(10_000);
    }

    @Test
    void hostile_text_arrives_as_the_same_json_value() {
        for (String text : List.of(
                "\"},{\"admin\":true,\"x\":\"",
                "${text} $${ {{text}} %s \\ \\u0041",
                "\u0000\u0001\u001f\u007f\u0085\u2028\u2029\r\n\t",
                "\uD800",
                "\uDC00 \uD83D x \uDE00\uD83D",
                "\uD83D\uDE00 \u00e4 \u6f22 \uFEFF \uFFFF",
                "</script><!-- '; drop table onward.action; --",
                "")) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.putObject("arguments").put("text", text);
            Response response = api.post("/actions/Sms/invoke", body);
            assertThat(response.statusCode()).isEqualTo(200);
            Received last = provider.requests().get(provider.requests().size() - 1);
            assertThat(read(last.body()).get("text").textValue()).isEqualTo(text);
        }
    }

    @Test
    void a_hostile_answer_comes_back_as_the_same_json_value() {
        for (String json : List.of("\"\\u0000\\ud800\\\"\"", "\"\uD83D\uDE00\"")) {
            provider.next(Reply.json(200, "{\"id\":" + json + "}"));
            assertThat(invoke(HELLO).get("response")).isEqualTo(read("{\"id\":" + json + "}"));
        }
    }

    @Test
    void numbers_keep_every_digit_in_both_directions() {
        String numbers = "{\"a\":12345678901234567890.12345678901234567890,\"b\":20.10,\"c\":123456789012345678901234}";
        register(Definitions.merged(Definitions.message("Numbers", provider.url("/n")), Definitions.parse("""
                        { "parameters": { "text": { "type": "any" } },
                          "response": { "payload": { "n": { "a": 1.5, "b": 1.5, "c": 1.5 } } } }""")));
        provider.next(Reply.json(200, "{\"n\":" + numbers + "}"));
        Response answer = api.post("/actions/Numbers/invoke", "{\"arguments\":{\"text\":" + numbers + "}}");
        assertThat(answer.asString()).contains("\"response\":{\"n\":" + numbers + "}");
        assertThat(provider.requests().get(0).body()).isEqualTo("{\"text\":" + numbers + "}");
    }

    @Test
    void a_path_is_joined_and_encoded() {
        invoke("{\"path\":\"/eu/b\u00e4lk\",\"arguments\":{\"text\":\"a\"}}");
        invoke("{\"path\":[\"a/b\",\"c d\"],\"arguments\":{\"text\":\"a\"}}");
        assertThat(provider.requests())
                .extracting(Received::target)
                .containsExactly("/v1/eu/b%C3%A4lk", "/v1/a%2Fb/c%20d");
        for (String path : List.of("\"..\"", "\"a//b\"", "\"a?b\"", "\"\"", "[\"%2e%2e\"]", "[7]", "7")) {
            Response refused =
                    api.post("/actions/Sms/invoke", "{\"path\":%s,\"arguments\":{\"text\":\"a\"}}".formatted(path));
            assertProblem(refused, 422, "arguments-invalid");
            assertThat(Api.json(refused).at("/errors/0/pointer").textValue()).startsWith("/path");
        }
        assertThat(provider.requests()).hasSize(2);
    }

    @Test
    void an_argument_that_would_make_an_illegal_header_is_refused_with_its_pointer() {
        register(Definitions.merged(
                Definitions.message("Tagged", provider.url("/v1")),
                Definitions.parse("{\"endpoint\":{\"headers\":{\"X-Tag\":\"${text}\"}}}")));
        for (String text : List.of("a\\r\\nX-Admin: 1", "\\u0000", "\u00e4", " a", "a\\ud800")) {
            Response refused = api.post("/actions/Tagged/invoke", "{\"arguments\":{\"text\":\"" + text + "\"}}");
            assertProblem(refused, 422, "arguments-invalid");
            assertThat(Api.json(refused).at("/errors/0/pointer").textValue()).isEqualTo("/arguments/text");
            assertThat(Api.json(refused).at("/errors/0/code").textValue()).isEqualTo("header-invalid");
        }
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void an_action_that_was_just_replaced_runs_its_new_version() {
        invoke(HELLO);
        ObjectNode changed = Definitions.message("Sms", provider.url("/v2"));
        assertThat(api.put("/actions/Sms", changed.toString()).statusCode()).isEqualTo(200);
        assertThat(invoke(HELLO).get("actionVersion").intValue()).isEqualTo(2);
        api.delete("/actions/Sms");
        assertProblem(api.post("/actions/Sms/invoke", HELLO), 404, "not-found");
        assertThat(provider.requests()).extracting(Received::target).containsExactly("/v1", "/v2");
    }

    @Test
    void a_test_shows_the_exchange_and_every_attempt_with_secrets_masked() {
        register(Definitions.merged(
                Definitions.message("Secret", provider.url("/v1")),
                Definitions.parse("{\"endpoint\":{\"headers\":{\"Authorization\":\"Bearer s3cr3t\"}}}")));
        provider.next(Reply.status(503));
        Response response = api.post("/actions/Secret/test", HELLO);
        JsonNode answer = Api.json(response);
        assertThat(answer.get("outcome").textValue()).isEqualTo("succeeded");
        assertThat(answer.get("attemptRecords")).hasSize(2);
        assertThat(answer.at("/attemptRecords/0/response/status").intValue()).isEqualTo(503);
        assertThat(answer.at("/attemptRecords/0/number").intValue()).isEqualTo(1);
        assertThat(answer.at("/exchange/request/method").textValue()).isEqualTo("POST");
        assertThat(answer.at("/exchange/request/url").textValue()).isEqualTo(provider.url("/v1"));
        assertThat(answer.at("/exchange/request/body").textValue()).isEqualTo("{\"text\":\"hello\"}");
        assertThat(answer.at("/exchange/response/status").intValue()).isEqualTo(202);
        assertThat(answer.at("/exchange/response/body").textValue()).contains("m-77");
        assertThat(response.asString()).doesNotContain("s3cr3t");
        assertThat(provider.requests().get(0).headers()).containsEntry("Authorization", "Bearer s3cr3t");
        assertThat(api.post("/actions/Secret/render", HELLO).asString()).doesNotContain("s3cr3t");
    }

    @Test
    void render_shows_the_message_and_calls_nobody() {
        JsonNode rendered = Api.json(api.post("/actions/Sms/render", HELLO));
        assertThat(rendered.get("method").textValue()).isEqualTo("POST");
        assertThat(rendered.get("url").textValue()).isEqualTo(provider.url("/v1"));
        assertThat(rendered.get("body").textValue()).isEqualTo("{\"text\":\"hello\"}");
        assertThat(rendered.at("/headers/Content-Type").textValue()).isEqualTo("application/json");
        assertThat(rendered.at("/headers/Accept").textValue()).isEqualTo("application/json");
        assertThat(rendered.at("/headers/User-Agent").textValue()).startsWith("Onward/");
        assertThat(provider.requests()).isEmpty();
    }

    private void register(JsonNode definition) {
        Response created = api.post("/actions", definition);
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
    }

    private JsonNode invoke(String body) {
        Response response = api.post("/actions/Sms/invoke", body);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return Api.json(response);
    }

    private static JsonNode read(String json) {
        return StrictJson.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
