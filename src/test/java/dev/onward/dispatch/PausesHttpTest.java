package dev.onward.dispatch;

import static dev.onward.testsupport.Problems.assertProblem;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Received;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PausesHttpTest {

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @BeforeEach
    void registerActions() {
        register("Sms");
        register("Mail");
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void durable_calls_of_a_paused_action_hold_their_place_and_others_go_on() {
        assertThat(api.post("/actions/Sms/pause", "").statusCode()).isEqualTo(204);
        List<String> held = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            held.add(accept("Sms", "held-" + i));
        }
        long accepted = System.nanoTime();
        String other = accept("Mail", "other");
        assertThat(ended(other).get("outcome").textValue()).isEqualTo("succeeded");
        assertThat(log(held.get(0)).get("state").textValue()).isNotEqualTo("ended");
        assertThat(provider.requests()).hasSize(1);

        Duration queued = Duration.ofNanos(System.nanoTime() - accepted);
        assertThat(api.post("/actions/Sms/resume", "").statusCode()).isEqualTo(204);
        held.forEach(call -> assertThat(ended(call).get("outcome").textValue()).isEqualTo("succeeded"));
        assertThat(log(held.get(0)).at("/attemptRecords/0/timings/queuedMs").longValue())
                .isGreaterThanOrEqualTo(queued.toMillis());
        assertThat(provider.requests().stream().map(Received::body))
                .hasSize(6)
                .contains("{\"text\":\"held-0\"}", "{\"text\":\"held-4\"}");
    }

    @Test
    void a_synchronous_call_of_a_paused_action_fails_at_once_and_is_logged() {
        api.post("/actions/Sms/pause", "");
        JsonNode answer = Api.json(api.post("/actions/Sms/invoke", invocation("x")));
        assertThat(answer.get("outcome").textValue()).isEqualTo("failed");
        assertThat(answer.at("/error/code").textValue()).isEqualTo("paused");
        assertThat(log(answer.get("callId").textValue()).at("/error/code").textValue())
                .isEqualTo("paused");
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void a_paused_host_is_called_by_nobody() {
        String host = "127.0.0.1:" + provider.port();
        assertThat(api.post("/hosts/" + host + "/pause", "").statusCode()).isEqualTo(204);
        String call = accept("Sms", "x");
        assertThat(Api.json(api.post("/actions/Mail/invoke", invocation("x")))
                        .at("/error/code")
                        .textValue())
                .isEqualTo("paused");
        assertThat(Api.json(api.get("/pauses")).at("/items/0/name").textValue()).isEqualTo(host);
        assertThat(Api.json(api.get("/pauses")).at("/items/0/kind").textValue()).isEqualTo("host");
        assertThat(log(call).get("state").textValue()).isEqualTo("waiting");
        assertThat(api.in("another").get("/pauses").asString()).isEqualTo("{\"items\":[]}");

        api.post("/hosts/" + host + "/resume", "");
        assertThat(ended(call).get("outcome").textValue()).isEqualTo("succeeded");
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void what_is_paused_for_too_long_expires() {
        api.put(
                        "/actions/Sms",
                        Definitions.merged(
                                        Definitions.message("Sms", provider.url("/v1")),
                                        Definitions.parse("{\"durable\":{\"maxAge\":\"PT1S\"}}"))
                                .toString())
                .then()
                .statusCode(200);
        api.post("/actions/Sms/pause", "");
        JsonNode call = ended(accept("Sms", "x"));
        assertThat(call.get("outcome").textValue()).isEqualTo("expired");
        assertThat(call.at("/error/code").textValue()).isEqualTo("too-old");
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void a_held_call_can_be_taken_back() {
        api.post("/actions/Sms/pause", "");
        String call = accept("Sms", "x");
        await().until(() -> api.delete("/calls/" + call).statusCode() == 204);
        assertThat(ended(call).get("outcome").textValue()).isEqualTo("cancelled");
    }

    @Test
    void the_pause_of_an_action_ends_when_it_is_deleted() {
        api.post("/actions/Sms/pause", "");
        String held = accept("Sms", "x");
        ended(accept("Mail", "behind it"));
        assertThat(api.delete("/actions/Sms").statusCode()).isEqualTo(204);

        assertThat(Api.json(api.get("/pauses")).get("items")).isEmpty();
        JsonNode call = ended(held);
        assertThat(call.get("outcome").textValue()).isEqualTo("failed");
        assertThat(call.at("/error/code").textValue()).isEqualTo("not-renderable");
        register("Sms");
        assertThat(ended(accept("Sms", "y")).get("outcome").textValue()).isEqualTo("succeeded");
        assertThat(provider.requests()).hasSize(2);
    }

    @Test
    void what_does_not_exist_cannot_be_paused() {
        assertProblem(api.post("/actions/Nobody/pause", ""), 404, "not-found");
        assertProblem(api.post("/hosts/no%20host/pause", ""), 422, "validation-failed");
    }

    private void register(String name) {
        api.post("/actions", Definitions.message(name, provider.url("/v1")))
                .then()
                .statusCode(201);
    }

    private String accept(String action, String text) {
        return Api.json(api.post("/actions/" + action + "/calls", invocation(text)))
                .at("/callIds/0")
                .textValue();
    }

    private static String invocation(String text) {
        return "{\"arguments\":{\"text\":\"" + text + "\"}}";
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
