package dev.onward.dispatch;

import static dev.onward.testsupport.Problems.assertProblem;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CallsHttpTest {

    private static final String HELLO = "{\"profileId\":\"p-1\",\"arguments\":{\"text\":\"hello\"}}";
    private static final String LINES = "application/x-ndjson";

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @BeforeEach
    void registerAction() {
        register("{}");
        provider.usually(Reply.json(202, "{\"id\":\"m-77\"}"));
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void an_accepted_call_is_sent_and_its_outcome_is_in_the_log() {
        String callId = accept(HELLO);
        JsonNode call = ended(callId);
        assertThat(call.get("outcome").textValue()).isEqualTo("succeeded");
        assertThat(call.get("profileId").textValue()).isEqualTo("p-1");
        assertThat(call.get("attemptRecords")).hasSize(1);
        assertThat(provider.requests()).singleElement().satisfies(request -> {
            assertThat(request.body()).isEqualTo("{\"text\":\"hello\"}");
            assertThat(request.headers()).containsEntry("Idempotency-Key", "\"" + callId + "\"");
        });
        assertThat(Api.json(api.get("/logs?profile=p-1")).get("items")).hasSize(1);
    }

    @Test
    void what_cannot_be_rendered_is_refused_and_nothing_is_accepted() {
        assertProblem(api.post("/actions/Sms/calls", "{\"arguments\":{}}"), 422, "arguments-invalid");
        assertProblem(api.post("/actions/Sms/calls", "{\"nobody\":1}"), 422, "validation-failed");
        assertProblem(api.post("/actions/Sms/calls", "x"), 400, "json-malformed");
        assertProblem(api.post("/actions/Nobody/calls", HELLO), 404, "not-found");
        assertProblem(
                api.with("Content-Type", "text/plain").post("/actions/Sms/calls", HELLO),
                415,
                "unsupported-media-type");
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void a_repeat_with_the_same_key_is_told_the_first_call() {
        Api keyed = api.with("Idempotency-Key", "order-7");
        Response first = keyed.post("/actions/Sms/calls", HELLO);
        Response repeat = keyed.post("/actions/Sms/calls", HELLO);
        assertThat(repeat.statusCode()).isEqualTo(202);
        assertThat(repeat.asString()).isEqualTo(first.asString());
        assertThat(repeat.header("Idempotent-Replayed")).isEqualTo("true");
        ended(id(first));
        assertThat(provider.requests()).hasSize(1);
        assertProblem(keyed.post("/actions/Sms/calls", HELLO.replace("hello", "other")), 422, "idempotency-key-reused");
        assertProblem(keyed.post("/actions/Sms/invoke", HELLO), 422, "idempotency-key-reused");
        assertProblem(
                api.with("Idempotency-Key", "a b").post("/actions/Sms/calls", HELLO), 400, "idempotency-key-invalid");
    }

    @Test
    void a_stream_is_answered_line_by_line_and_a_bad_line_is_told() {
        Response answer = api.with("Content-Type", LINES)
                .post(
                        "/actions/Sms/calls",
                        String.join("\n", HELLO, "not json", "{\"arguments\":{\"text\":7}}", HELLO));
        assertThat(answer.statusCode()).isEqualTo(202);
        List<JsonNode> lines = lines(answer);
        assertThat(lines).hasSize(4);
        assertThat(lines.stream().filter(line -> line.has("callIds")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(ended(line.at("/callIds/0").textValue())
                                .get("outcome")
                                .textValue())
                        .isEqualTo("succeeded"));
        assertThat(lines.stream()
                        .filter(line -> line.has("problem"))
                        .map(line -> line.at("/problem/type").textValue()))
                .containsExactlyInAnyOrder("/problems/json-malformed", "/problems/arguments-invalid");
    }

    @Test
    void a_stream_of_thousands_is_sent_once_each() {
        String body = IntStream.range(0, 2_000)
                .mapToObj(number -> "{\"profileId\":\"crowd\",\"arguments\":{\"text\":\"" + number + "\"}}")
                .collect(Collectors.joining("\n"));
        Response answer = api.with("Content-Type", LINES).post("/actions/Sms/calls", body);
        assertThat(lines(answer))
                .hasSize(2_000)
                .allSatisfy(line -> assertThat(line.has("callIds")).isTrue());
        await().atMost(Duration.ofSeconds(60)).until(() -> provider.requests().size() >= 2_000);
        assertThat(provider.requests().stream().map(Received::body).distinct()).hasSize(2_000);
        assertThat(provider.requests()).hasSize(2_000);
    }

    @Test
    void a_line_with_a_key_that_was_used_is_told_so() {
        String line = "{\"arguments\":{\"text\":\"hello\"},\"idempotencyKey\":\"k\"}";
        List<JsonNode> lines = lines(api.with("Content-Type", LINES).post("/actions/Sms/calls", line + "\n" + line));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).get("callIds")).isEqualTo(lines.get(1).get("callIds"));
        assertThat(lines.stream().filter(each -> each.has("idempotentReplayed")))
                .hasSize(1);
    }

    @Test
    void failures_beyond_the_window_are_tried_again_with_the_same_key() {
        register("{\"retry\":{\"maxRetries\":0},\"durable\":{\"backoff\":{\"base\":\"PT0.1S\",\"cap\":\"PT0.2S\"}}}");
        provider.next(Reply.status(503), Reply.status(503));
        JsonNode call = ended(accept(HELLO));
        assertThat(call.get("outcome").textValue()).isEqualTo("succeeded");
        assertThat(call.get("attempts").intValue()).isEqualTo(3);
        assertThat(call.get("attemptRecords").findValuesAsText("number")).containsExactly("1", "2", "3");
        assertThat(provider.requests().stream()
                        .map(request -> request.headers().getOrDefault("Idempotency-Key", "none"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void what_the_retry_rules_do_not_repeat_ends_with_the_first_answer() {
        provider.next(Reply.json(400, "{\"error\":\"unknown number\"}"));
        JsonNode call = ended(accept(HELLO));
        assertThat(call.get("outcome").textValue()).isEqualTo("failed");
        assertThat(call.get("jo_status_code").textValue()).isEqualTo("http_400");
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void a_call_that_waits_shows_in_the_log_and_can_be_taken_back() {
        register("{\"retry\":{\"maxRetries\":0},\"durable\":{\"backoff\":{\"base\":\"PT1H\",\"cap\":\"PT1H\"}}}");
        provider.usually(Reply.status(503));
        String callId = accept(HELLO);
        await().until(() -> log(callId).path("attempts").intValue() == 1);
        JsonNode waiting = log(callId);
        assertThat(waiting.get("state").textValue()).isEqualTo("waiting");
        assertThat(waiting.has("nextAttemptAt")).isTrue();
        assertThat(waiting.has("outcome")).isFalse();
        assertThat(waiting.get("attemptRecords")).hasSize(1);

        Api stranger = api.as(api.newKey("invoker", "*"));
        assertThat(stranger.get("/logs/" + callId).statusCode()).isEqualTo(404);
        assertProblem(stranger.delete("/calls/" + callId), 404, "not-found");
        assertThat(api.delete("/calls/" + callId).statusCode()).isEqualTo(204);
        assertProblem(api.delete("/calls/" + callId), 409, "conflict");
        assertProblem(api.delete("/calls/nobody"), 404, "not-found");
        JsonNode ended = log(callId);
        assertThat(ended.get("outcome").textValue()).isEqualTo("cancelled");
        assertThat(ended.get("attempts").intValue()).isEqualTo(1);
        assertThat(ended.at("/error/code").textValue()).isEqualTo("cancelled");
    }

    @Test
    void a_call_that_is_being_sent_cannot_be_taken_back() {
        provider.next(Reply.status(204).after(Duration.ofSeconds(2)));
        String callId = accept(HELLO);
        await().until(() -> !provider.requests().isEmpty());
        assertThat(log(callId).get("state").textValue()).isEqualTo("running");
        assertProblem(api.delete("/calls/" + callId), 409, "conflict");
        assertThat(ended(callId).get("outcome").textValue()).isEqualTo("succeeded");
    }

    @Test
    void a_person_that_is_erased_takes_the_calls_along_that_wait() {
        register("{\"retry\":{\"maxRetries\":0},\"durable\":{\"backoff\":{\"base\":\"PT1H\",\"cap\":\"PT1H\"}}}");
        provider.usually(Reply.status(503));
        String callId = accept(HELLO);
        await().until(() -> log(callId).path("attempts").intValue() == 1);
        assertThat(api.delete("/profiles/p-1").statusCode()).isEqualTo(204);
        JsonNode call = log(callId);
        assertThat(call.get("outcome").textValue()).isEqualTo("cancelled");
        assertThat(call.has("profileId")).isFalse();
        assertThat(call.get("attemptRecords")).isEmpty();
    }

    @Test
    void a_version_that_the_call_does_not_fit_ends_it() {
        register("{\"retry\":{\"maxRetries\":0},\"durable\":{\"backoff\":{\"base\":\"PT0.5S\",\"cap\":\"PT0.5S\"}}}");
        provider.usually(Reply.status(503));
        String callId = accept(HELLO);
        await().until(() -> log(callId).path("attempts").intValue() >= 1);
        JsonNode stricter = Definitions.merged(
                definition("{}"), Definitions.parse("{\"parameters\":{\"more\":{\"type\":\"string\"}}}"));
        api.put("/actions/Sms", stricter.toString()).then().statusCode(200);
        JsonNode call = ended(callId);
        assertThat(call.get("outcome").textValue()).isEqualTo("failed");
        assertThat(call.at("/error/code").textValue()).isEqualTo("not-renderable");
        assertThat(call.get("attempts").intValue()).isPositive();
    }

    private void register(String more) {
        Response made = api.post("/actions", definition(more));
        if (made.statusCode() != 201) {
            api.put("/actions/Sms", definition(more).toString()).then().statusCode(200);
        }
    }

    private JsonNode definition(String more) {
        return Definitions.merged(Definitions.message("Sms", provider.url("/v1")), Definitions.parse(more));
    }

    private String accept(String invocation) {
        Response accepted = api.post("/actions/Sms/calls", invocation);
        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(202);
        return id(accepted);
    }

    private static String id(Response accepted) {
        return Api.json(accepted).at("/callIds/0").textValue();
    }

    private JsonNode ended(String callId) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> log(callId).path("state").asText().equals("ended"));
        return log(callId);
    }

    private JsonNode log(String callId) {
        return Api.json(api.get("/logs/" + callId));
    }

    private static List<JsonNode> lines(Response answer) {
        return Stream.of(answer.asString().split("\n", -1))
                .filter(line -> !line.isEmpty())
                .map(line -> StrictJson.read(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
