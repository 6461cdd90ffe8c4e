package dev.onward.problem;

import static dev.onward.testsupport.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Problems;
import dev.onward.testsupport.RawClient;
import dev.onward.value.StrictJson;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A listener with little patience. */
@QuarkusTest
@TestProfile(ListenerHttpTest.Impatient.class)
class ListenerHttpTest {

    /** So little that a test need not wait. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "onward.listener.requests-per-second", "1",
                    "onward.listener.failed-logins-per-second", "1",
                    "onward.listener.body-timeout", "PT0.2S");
        }
    }

    private static final String HEAD = """
            POST /api/v1/actions%s HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer %s\r
            Content-Type: application/json\r
            """;

    @Test
    void a_key_that_asks_too_often_is_refused_but_may_go_on_running_actions() {
        Api api = Api.fresh();
        Response last = api.get("/keys");
        for (int i = 0; i < 100 && last.statusCode() == 200; i++) {
            last = api.get("/keys");
        }
        assertProblem(last, 429, "rate-limited");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isEqualTo(1);
        for (int i = 0; i < 5; i++) {
            assertProblem(api.post("/actions/Nobody/invoke", "{}"), 404, "not-found");
        }
    }

    @Test
    void an_address_that_guesses_keys_is_refused_while_a_known_key_passes() {
        Api known = Api.fresh();
        Api guess = known.as("a-key-that-nobody-has");
        Response last = guess.post("/actions/A/invoke", "{}");
        assertProblem(last, 401, "unauthenticated");
        for (int i = 0; i < 1_000 && last.statusCode() == 401; i++) {
            last = known.as("guess-" + i).post("/actions/A/invoke", "{}");
        }
        assertProblem(last, 429, "rate-limited");
        assertThat(last.header("Retry-After")).isNotNull();
        assertProblem(known.post("/actions/A/invoke", "{}"), 404, "not-found");
        Response metrics = guessedMetrics();
        for (int i = 0; i < 100 && metrics.statusCode() == 401; i++) {
            metrics = guessedMetrics();
        }
        assertProblem(metrics, 429, "rate-limited");
    }

    /** On a busy machine the bucket may have won a drop since the last request. */
    private static Response guessedMetrics() {
        return RestAssured.given().header("Authorization", "Bearer guess").get("/q/metrics");
    }

    @Test
    void a_document_that_stops_half_way_is_408_and_the_connection_is_closed() throws IOException {
        assertTimesOut(HEAD.formatted("/A/invoke", Api.ADMIN_KEY) + "Content-Length: 100\r\n\r\n{\"arguments\"");
    }

    @Test
    void a_document_that_never_begins_is_408() throws IOException {
        assertTimesOut(HEAD.formatted("/A/invoke", Api.ADMIN_KEY) + "Transfer-Encoding: chunked\r\n\r\n");
    }

    @Test
    void a_document_for_a_blocking_route_is_408_too() throws IOException {
        assertTimesOut(HEAD.formatted("", Api.ADMIN_KEY) + "Content-Length: 100\r\n\r\n{");
    }

    @Test
    void an_unknown_method_of_a_path_tells_the_known_ones() {
        Response refused = Api.fresh().send(Method.DELETE, "/actions/A/invoke");
        assertProblem(refused, 405, "method-not-allowed");
        assertThat(refused.header("Allow")).isEqualTo("OPTIONS, POST");
    }

    private static void assertTimesOut(String request) throws IOException {
        try (RawClient client = RawClient.connect(RestAssured.port)) {
            String answer = client.send(request).untilClosed();
            assertThat(answer).startsWith("HTTP/1.1 408 ").containsIgnoringCase("connection: close");
            String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
            JsonNode problem = StrictJson.read(body.getBytes(StandardCharsets.UTF_8));
            Problems.assertProblem(problem, 408, "request-timeout");
        }
    }
}
