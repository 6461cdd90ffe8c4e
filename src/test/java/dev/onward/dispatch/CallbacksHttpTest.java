package dev.onward.dispatch;

import static dev.onward.testsupport.Problems.assertProblem;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.CallbackReceiver;
import dev.onward.dispatch.store.AcceptStore;
import dev.onward.dispatch.store.AcceptStore.Asked;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Received;
import dev.onward.testsupport.StubProvider.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class CallbacksHttpTest {

    private static final String MARKER = "mk7c1d0f25e9";

    private static final String PATIENT =
            "{\"retry\":{\"maxRetries\":0},\"durable\":{\"backoff\":{\"base\":\"PT1H\",\"cap\":\"PT1H\"}}}";

    @Inject
    AcceptStore accepts;

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();
    private final StubProvider receiver = StubProvider.start();

    @BeforeEach
    void registerAction() {
        register("{}");
        provider.usually(Reply.json(202, "{\"id\":\"m-77\"}"));
    }

    @AfterEach
    void stopProviders() {
        provider.close();
        receiver.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"url\":\"http://169.254.169.254/latest\"} | /callback/url | destination-refused",
                "{\"url\":\"https://10.0.0.1/\"}             | /callback/url | destination-refused",
                "{\"url\":\"https://[::1]/\"}                | /callback/url | destination-refused",
                "{\"url\":\"https://localhost/\"}            | /callback/url | destination-refused",
                "{\"url\":\"https://db.internal/\"}          | /callback/url | destination-refused",
                "{\"url\":\"https://example.com:22/\"}       | /callback/url | port-refused",
                "{\"url\":\"ftp://example.com/\"}            | /callback/url | scheme-refused",
                "{\"url\":\"https://u:p@example.com/\"}      | /callback/url | url-invalid",
                "{\"url\":\"https://example.com/#part\"}     | /callback/url | url-invalid",
                "{\"url\":\"example.com\"}                   | /callback/url | url-invalid",
                "{\"url\":7}                                 | /callback/url | wrong-type",
                "{}                                          | /callback/url | missing",
                "{\"url\":\"https://example.com/\",\"headers\":{}} | /callback/headers | unknown-member",
                "\"https://example.com/\"                    | /callback | wrong-type"
            })
    void a_receiver_that_may_not_be_called_is_refused_and_nothing_is_accepted(
            String callback, String pointer, String code) {
        Response answer = api.post("/actions/Sms/calls", hello("\"callback\":" + callback));
        assertProblem(answer, 422, "validation-failed");
        assertThat(Api.json(answer).get("errors")).singleElement().satisfies(error -> {
            assertThat(error.get("pointer").textValue()).isEqualTo(pointer);
            assertThat(error.get("code").textValue()).isEqualTo(code);
        });
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void a_url_may_not_be_endless_and_all_faults_are_told_at_once() {
        String url = "https://example.com/" + "a".repeat(8_000);
        Response answer = api.post("/actions/Sms/calls", hello("\"callback\":{\"url\":\"" + url + "\"},\"nobody\":1"));
        assertProblem(answer, 422, "validation-failed");
        assertThat(Api.json(answer).get("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/nobody", "/callback/url");
    }

    @Test
    void a_call_that_somebody_waits_for_has_no_callback() {
        String document = hello(callback());
        for (String path : List.of("invoke", "render", "test")) {
            Response answer = api.post("/actions/Sms/" + path, document);
            assertProblem(answer, 422, "validation-failed");
            assertThat(Api.json(answer).at("/errors/0/code").textValue()).isEqualTo("unknown-member");
        }
        Response lines = lines("/actions/Sms/invocations", document);
        assertThat(Api.json(lines).at("/problem/errors/0/pointer").textValue()).isEqualTo("/callback");
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void the_end_of_a_call_is_told_once_as_the_log_shows_it() {
        String callId = accept(callback());

        Received told = told(1).get(0);

        assertThat(Definitions.parse(told.body())).isEqualTo(ended(callId));
        assertThat(told.method()).isEqualTo("POST");
        assertThat(told.target()).isEqualTo("/hook?for=you");
        assertThat(told.headers()).containsEntry("Content-Type", "application/json");
        JsonNode own = ended(key(told));
        assertThat(own.get("outcome").textValue()).isEqualTo("succeeded");
        assertThat(own.get("callbackOf").textValue()).isEqualTo(callId);
        assertThat(own.get("profileId").textValue()).isEqualTo("p-1");
        assertThat(callbacks()).hasSize(1);
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void a_call_that_failed_is_told_as_failed() {
        provider.next(Reply.json(400, "{\"error\":\"unknown number\"}"));
        accept(callback());
        JsonNode told = Definitions.parse(told(1).get(0).body());
        assertThat(told.get("outcome").textValue()).isEqualTo("failed");
        assertThat(told.get("jo_status_code").textValue()).isEqualTo("http_400");
        assertThat(told.at("/attemptRecords/0/response/body").textValue()).contains("unknown number");
    }

    @Test
    void a_receiver_that_is_busy_is_told_again_with_the_same_key() {
        receiver.next(Reply.status(503), Reply.status(503));
        accept(callback());
        List<Received> told = told(3);
        assertThat(told.stream().map(Received::body).distinct()).hasSize(1);
        assertThat(told.stream().map(CallbacksHttpTest::key).distinct()).hasSize(1);
        await().untilAsserted(
                        () -> assertThat(callbacks().at("/0/outcome").asText()).isEqualTo("succeeded"));
    }

    @Test
    void a_receiver_that_refuses_or_is_away_hurts_no_other() {
        receiver.next(Reply.status(404));
        accept("\"callback\":{\"url\":\"http://127.0.0.1:1/hook\"}");
        accept(callback());
        told(1);
        accept(callback());
        assertThat(Definitions.parse(told(2).get(1).body()).get("outcome").textValue())
                .isEqualTo("succeeded");
        await().untilAsserted(() ->
                assertThat(callbacks().findValuesAsText("outcome")).containsExactlyInAnyOrder("failed", "succeeded"));
    }

    @Test
    void a_receiver_that_may_not_be_called_any_more_is_not_called() throws SQLException {
        DurableCall call = DurableCallBuilder.call()
                .in(api.sandbox())
                .tells("http://10.9.8.7/hook")
                .build();
        accepts.accept(List.of(new Asked(call, Optional.empty(), "{}")), Instant.now());
        ended(call.id().toString());
        await().untilAsserted(() -> assertThat(callbacks()).singleElement().satisfies(callback -> {
            assertThat(callback.get("outcome").textValue()).isEqualTo("blocked");
            assertThat(callback.at("/error/code").textValue()).isEqualTo("destination-refused");
        }));
    }

    @Test
    void a_line_with_a_bad_callback_is_told_and_the_rest_go_on() {
        Response answer = lines(
                "/actions/Sms/calls",
                hello(callback()),
                hello("\"callback\":{\"url\":\"http://10.0.0.1/\"}"),
                hello(callback()));
        List<JsonNode> lines = Stream.of(answer.asString().split("\n", -1))
                .filter(line -> !line.isEmpty())
                .<JsonNode>map(Definitions::parse)
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.stream().filter(line -> line.has("callIds"))).hasSize(2);
        assertThat(lines.stream().filter(line -> line.has("problem")))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.get("line").intValue()).isEqualTo(2);
                    assertThat(line.at("/problem/errors/0/pointer").textValue()).isEqualTo("/callback/url");
                });
        told(2);
    }

    @Test
    void a_call_that_is_taken_back_is_told_as_cancelled() {
        String callId = waiting(callback());
        assertThat(api.delete("/calls/" + callId).statusCode()).isEqualTo(204);
        assertThat(Definitions.parse(told(1).get(0).body())).isEqualTo(log(callId));
        assertThat(log(callId).get("outcome").textValue()).isEqualTo("cancelled");
    }

    @Test
    void the_call_of_an_erased_person_is_not_told() {
        String erased = waiting(callback());
        assertThat(api.delete("/profiles/p-1").statusCode()).isEqualTo(204);
        assertThat(log(erased).get("outcome").textValue()).isEqualTo("cancelled");
        assertThat(callbacks()).isEmpty();
        register("{}");
        provider.usually(Reply.status(204));
        String last = accept(callback());
        // To one receiver they go in the order of their making.
        assertThat(toldOf(1)).containsExactly(last);
    }

    @Test
    void a_callback_can_be_taken_back_but_not_replayed_and_its_end_is_not_told() {
        receiver.usually(Reply.status(503).with("Retry-After", "500"));
        String callId = accept(callback());
        String callback = key(told(1).get(0));
        await().until(() -> log(callback).path("state").asText().equals("waiting")
                && log(callback).path("attempts").intValue() > 0);
        assertThat(log(callback).get("callbackOf").textValue()).isEqualTo(callId);
        assertThat(api.as(api.newKey("invoker", "*"))
                        .delete("/calls/" + callback)
                        .statusCode())
                .isEqualTo(404);
        assertThat(api.delete("/calls/" + callback).statusCode()).isEqualTo(204);
        assertThat(ended(callback).get("outcome").textValue()).isEqualTo("cancelled");
        assertProblem(api.post("/logs/" + callback + "/replay", ""), 409, "not-replayable");
        assertThat(callbacks()).hasSize(1);
    }

    @Test
    void a_replay_has_no_callback() {
        String first = accept(callback());
        told(1);
        String replay = id(api.post("/logs/" + first + "/replay", ""));
        assertThat(ended(replay).get("outcome").textValue()).isEqualTo("succeeded");
        String last = accept(callback());
        assertThat(toldOf(2)).containsExactly(first, last);
    }

    @Test
    void a_repeat_that_names_another_receiver_is_another_request() {
        Api keyed = api.with("Idempotency-Key", "order-7");
        Response first = keyed.post("/actions/Sms/calls", hello(callback()));
        assertThat(keyed.post("/actions/Sms/calls", hello(callback())).asString())
                .isEqualTo(first.asString());
        assertProblem(
                keyed.post("/actions/Sms/calls", hello("\"callback\":{\"url\":\"https://example.com/\"}")),
                422,
                "idempotency-key-reused");
        assertThat(told(1)).hasSize(1);
    }

    @Test
    void no_secret_of_the_action_is_told() {
        register("{\"endpoint\":{\"headers\":{\"X-Tenant\":{\"secret\":\"" + MARKER + "\"}}}}");
        provider.usually(Reply.json(400, "{\"error\":\"" + MARKER + " is no tenant\"}"));
        accept(callback());
        String told = told(1).get(0).body();
        assertThat(provider.requests().get(0).headers()).containsEntry("X-Tenant", MARKER);
        assertThat(told).contains("is no tenant").doesNotContain(MARKER);
    }

    private void register(String more) {
        JsonNode definition =
                Definitions.merged(Definitions.message("Sms", provider.url("/v1")), Definitions.parse(more));
        if (api.post("/actions", definition).statusCode() != 201) {
            api.put("/actions/Sms", definition.toString()).then().statusCode(200);
        }
    }

    private String callback() {
        return "\"callback\":{\"url\":\"" + receiver.url("/hook?for=you") + "\"}";
    }

    private static String hello(String more) {
        return "{\"profileId\":\"p-1\",\"arguments\":{\"text\":\"hello\"}," + more + "}";
    }

    private String accept(String callback) {
        return id(api.post("/actions/Sms/calls", hello(callback)));
    }

    /** A call that has failed once and waits for an hour. */
    private String waiting(String callback) {
        register(PATIENT);
        provider.usually(Reply.status(503));
        String callId = accept(callback);
        await().until(() -> log(callId).path("attempts").intValue() == 1);
        return callId;
    }

    private Response lines(String path, String... lines) {
        return api.with("Content-Type", "application/x-ndjson").post(path, String.join("\n", lines));
    }

    private static String id(Response accepted) {
        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(202);
        return Api.json(accepted).at("/callIds/0").textValue();
    }

    private List<Received> told(int times) {
        await().atMost(Duration.ofSeconds(20)).until(() -> receiver.requests().size() >= times);
        assertThat(receiver.requests()).hasSize(times);
        return receiver.requests();
    }

    /** Of which calls the end was told. */
    private List<String> toldOf(int times) {
        return told(times).stream()
                .map(told -> Definitions.parse(told.body()).get("callId").textValue())
                .toList();
    }

    /** The id of the call that a request belongs to. */
    private static String key(Received request) {
        return request.headers().getOrDefault("Idempotency-Key", "none").replace("\"", "");
    }

    /** Callbacks that have ended. */
    private JsonNode callbacks() {
        return Api.json(api.get("/logs?action=" + CallbackReceiver.ACTION)).get("items");
    }

    private JsonNode ended(String callId) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> log(callId).path("state").asText().equals("ended"));
        return log(callId);
    }

    private JsonNode log(String callId) {
        return Api.json(api.get("/logs/" + callId));
    }
}
