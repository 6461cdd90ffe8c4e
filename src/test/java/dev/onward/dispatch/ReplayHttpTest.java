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
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReplayHttpTest {

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @BeforeEach
    void registerAction() {
        api.post("/actions", Definitions.message("Sms", provider.url("/v1")))
                .then()
                .statusCode(201);
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void a_call_is_run_again_as_a_new_one_that_names_the_old_one() {
        provider.next(Reply.status(400));
        String first = accept("hello");
        assertThat(ended(first).get("outcome").textValue()).isEqualTo("failed");

        Response replayed = api.post("/logs/" + first + "/replay", "");

        assertThat(replayed.statusCode()).isEqualTo(202);
        String second = Api.json(replayed).at("/callIds/0").textValue();
        JsonNode call = ended(second);
        assertThat(call.get("outcome").textValue()).isEqualTo("succeeded");
        assertThat(call.get("replayOf").textValue()).isEqualTo(first);
        assertThat(provider.requests().stream().map(Received::body))
                .containsExactly("{\"text\":\"hello\"}", "{\"text\":\"hello\"}");
        assertThat(provider.requests().stream()
                        .map(request -> request.headers().getOrDefault("Idempotency-Key", "none"))
                        .distinct())
                .hasSize(2);
    }

    @Test
    void a_replay_runs_on_the_latest_version_or_on_the_same() {
        String first = accept("hello");
        ended(first);
        api.put("/actions/Sms", Definitions.message("Sms", provider.url("/v2")).toString())
                .then()
                .statusCode(200);
        ended(id(api.post("/logs/" + first + "/replay", "")));
        ended(id(api.post("/logs/" + first + "/replay?version=same", "")));
        assertThat(provider.requests().stream().map(Received::target)).containsExactly("/v1", "/v2", "/v1");
        assertProblem(api.post("/logs/" + first + "/replay?version=old", ""), 422, "validation-failed");
    }

    @Test
    void what_is_not_kept_cannot_be_replayed() {
        String synchronous = Api.json(api.post("/actions/Sms/invoke", invocation("x")))
                .get("callId")
                .textValue();
        assertProblem(api.post("/logs/" + synchronous + "/replay", ""), 409, "not-replayable");
        assertProblem(api.post("/logs/nobody/replay", ""), 404, "not-found");
        String erased = accept("x");
        ended(erased);
        api.delete("/profiles/p-1");
        assertProblem(api.post("/logs/" + erased + "/replay", ""), 409, "not-replayable");
        Api stranger = api.as(api.newKey("invoker", "*"));
        assertProblem(stranger.post("/logs/" + erased + "/replay", ""), 404, "not-found");
    }

    @Test
    void many_are_counted_and_then_run_again_at_a_rate() {
        provider.next(Reply.status(400), Reply.status(400), Reply.status(400));
        for (int i = 0; i < 3; i++) {
            ended(accept("failed-" + i));
        }
        ended(accept("good"));
        JsonNode dry = Api.json(api.post("/logs/replay", "{\"filter\":{\"outcome\":\"failed\"},\"dryRun\":true}"));
        assertThat(dry).hasToString("{\"matching\":3,\"replayable\":3}");
        assertThat(provider.requests()).hasSize(4);

        Response replayed = api.post("/logs/replay", "{\"filter\":{\"outcome\":\"failed\"},\"rate\":2}");

        assertThat(replayed.statusCode()).isEqualTo(202);
        assertThat(Api.json(replayed)).hasToString("{\"matching\":3,\"replayable\":3,\"accepted\":3,\"refused\":0}");
        await().atMost(Duration.ofSeconds(20)).until(() -> provider.requests().size() == 7);
    }

    @Test
    void a_request_for_many_that_is_wrong_is_told_so() {
        assertProblem(api.post("/logs/replay", "{}"), 422, "validation-failed");
        assertProblem(api.post("/logs/replay", "{\"filter\":{\"colour\":\"x\"}}"), 422, "validation-failed");
        assertProblem(api.post("/logs/replay", "{\"filter\":{\"limit\":\"1\"}}"), 422, "validation-failed");
        assertProblem(api.post("/logs/replay", "{\"filter\":{},\"rate\":0}"), 422, "validation-failed");
    }

    @Test
    void the_faults_of_a_filter_point_into_the_body_and_name_its_conditions() {
        Response value = api.post("/logs/replay", "{\"filter\":{\"outcome\":\"nope\",\"from\":\"today\"}}");
        assertThat(Api.json(value).get("errors").findValuesAsText("pointer"))
                .containsExactly("/filter/outcome", "/filter/from");
        JsonNode unknown = Api.json(api.post("/logs/replay", "{\"filter\":{\"a/b\":\"x\"}}"));
        assertThat(unknown.at("/errors")).hasSize(1);
        assertThat(unknown.at("/errors/0/pointer").textValue()).isEqualTo("/filter/a~1b");
        assertThat(unknown.at("/errors/0/message").textValue())
                .isEqualTo("there is no condition of this name; there are [action, from, host, journey, outcome,"
                        + " profile, status, to]");
    }

    @Test
    void a_call_that_was_taken_back_is_not_replayed_and_the_answer_names_that() {
        api.post("/actions/Sms/pause", "");
        String call = accept("x");
        await().until(() -> api.delete("/calls/" + call).statusCode() == 204);
        ended(call);
        Response refused = api.post("/logs/" + call + "/replay", "");
        assertProblem(refused, 409, "not-replayable");
        assertThat(Api.json(refused).get("detail").textValue()).contains("was cancelled");
    }

    private String accept(String text) {
        return id(api.post("/actions/Sms/calls", invocation(text)));
    }

    private static String id(Response accepted) {
        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(202);
        return Api.json(accepted).at("/callIds/0").textValue();
    }

    private static String invocation(String text) {
        return "{\"profileId\":\"p-1\",\"arguments\":{\"text\":\"" + text + "\"}}";
    }

    private JsonNode ended(String callId) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Api.json(api.get("/logs/" + callId))
                        .path("state")
                        .asText()
                        .equals("ended"));
        return Api.json(api.get("/logs/" + callId));
    }
}
