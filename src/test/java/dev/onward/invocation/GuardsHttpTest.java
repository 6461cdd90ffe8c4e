package dev.onward.invocation;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.RawProvider;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Received;
import dev.onward.testsupport.StubProvider.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stands between an invocation and a provider, seen by a client. */
@QuarkusTest
class GuardsHttpTest {

    private static final String HELLO = "{\"profileId\":\"p-1\",\"arguments\":{\"text\":\"hello\"}}";

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void a_sick_provider_is_left_alone_and_the_log_tells_why() {
        register("{\"retry\":{\"maxRetries\":0}}");
        provider.usually(Reply.status(500));
        for (int i = 0; i < 20; i++) {
            assertThat(invoke().get("jo_status_code").textValue()).isEqualTo("http_500");
        }

        JsonNode refused = invoke();

        assertThat(provider.requests()).hasSize(20);
        assertThat(refused.get("outcome").textValue()).isEqualTo("failed");
        assertThat(refused.get("jo_status_code").textValue()).isEqualTo("internalError");
        assertThat(refused.at("/error/code").textValue()).isEqualTo("circuit-open");
        assertThat(refused.get("attempts").intValue()).isZero();
        JsonNode logged = logged(refused.get("callId").textValue());
        assertThat(logged.at("/error/code").textValue()).isEqualTo("circuit-open");
        assertThat(metric("onward_circuits_open")).isGreaterThanOrEqualTo(1);
        assertThat(metric("onward_calls_in_flight")).isGreaterThanOrEqualTo(0);
    }

    @Test
    void a_call_that_waits_too_long_for_its_place_expires() {
        register("{\"endpoint\":{\"maxConcurrency\":1},\"timeout\":\"PT4S\"}");
        provider.usually(Reply.json(202, "{}").after(Duration.ofSeconds(3)));
        CompletableFuture<JsonNode> first = CompletableFuture.supplyAsync(this::invoke);
        await().until(() -> provider.requests().size() == 1);

        JsonNode second = invoke("{\"arguments\":{\"text\":\"a\"},\"timeout\":\"PT1S\"}");

        assertThat(second.get("outcome").textValue()).isEqualTo("expired");
        assertThat(second.at("/error/code").textValue()).isEqualTo("concurrency-wait");
        assertThat(second.get("attempts").intValue()).isZero();
        assertThat(first.join().get("outcome").textValue()).isEqualTo("succeeded");
        assertThat(provider.requests()).hasSize(1);
        assertThat(logged(second.get("callId").textValue()).get("outcome").textValue())
                .isEqualTo("expired");
    }

    @Test
    void a_redirect_is_followed_on_the_same_connection_and_every_hop_shown() {
        register("{\"endpoint\":{\"redirects\":\"same-origin\"}}");
        provider.next(Reply.status(307).with("Location", "/v2"), Reply.json(202, "{}"));

        JsonNode answer = Api.json(api.post("/actions/Sms/test", HELLO));

        assertThat(answer.get("outcome").textValue()).isEqualTo("succeeded");
        assertThat(answer.at("/attemptRecords/0/response/status").intValue()).isEqualTo(307);
        assertThat(answer.at("/attemptRecords/1/number").intValue()).isEqualTo(2);
        assertThat(answer.at("/attemptRecords/1/request/url").textValue()).isEqualTo(provider.url("/v2"));
        assertThat(answer.at("/attemptRecords/1/connectionReused").booleanValue())
                .isTrue();
        assertThat(provider.requests()).extracting(Received::target).containsExactly("/v1", "/v2");
        assertThat(provider.requests()).extracting(Received::body).containsOnly("{\"text\":\"hello\"}");
    }

    @Test
    void another_origin_gets_no_credentials_and_no_body() {
        register("{\"endpoint\":{\"redirects\":\"ajo\",\"headers\":"
                + "{\"Authorization\":\"Bearer s3cr3t\",\"Cookie\":\"s3cr3t\",\"X-Api-Key\":\"s3cr3t\"}}}");
        try (StubProvider other = StubProvider.start()) {
            provider.next(Reply.status(302).with("Location", other.url("/x")));

            assertThat(invoke().get("jo_status_code").textValue()).isEqualTo("http_200");

            assertThat(provider.requests().get(0).headers()).containsEntry("Authorization", "Bearer s3cr3t");
            assertThat(other.requests()).singleElement().satisfies(request -> {
                assertThat(request.method()).isEqualTo("GET");
                assertThat(request.target()).isEqualTo("/x");
                assertThat(request.body()).isEmpty();
                assertThat(request.headers().toString()).doesNotContain("s3cr3t", "Content-Type");
                assertThat(request.headers()).containsKey("Idempotency-Key");
            });
        }
    }

    @Test
    void a_redirect_to_where_no_call_may_go_is_refused_and_reaches_nobody() throws IOException {
        register("{\"endpoint\":{\"redirects\":\"ajo\"}}");
        try (RawProvider inside = RawProvider.playing(RawProvider.silence())) {
            for (String location : new String[] {
                "http://localhost:" + inside.port() + "/",
                "http://127.0.0.2:" + inside.port() + "/",
                "http://169.254.169.254/latest/meta-data/"
            }) {
                provider.next(Reply.status(302).with("Location", location));

                JsonNode answer = invoke();

                assertThat(answer.get("outcome").textValue()).as(location).isEqualTo("failed");
                assertThat(answer.at("/error/code").textValue()).isEqualTo("destination-refused");
                assertThat(answer.get("attempts").intValue()).isEqualTo(2);
            }
            assertThat(inside.accepted()).isZero();
        }
    }

    @Test
    void the_call_of_a_client_that_goes_away_is_made_and_logged() throws IOException {
        register("{}");
        provider.usually(Reply.json(202, "{}").after(Duration.ofSeconds(1)));
        byte[] body = "{\"profileId\":\"gone\",\"arguments\":{\"text\":\"hello\"}}".getBytes(StandardCharsets.UTF_8);
        String head = "POST /api/v1/actions/Sms/invoke HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Api.ADMIN_KEY + "\r\nx-sandbox-name: " + api.sandbox()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().write(body);
            await().until(() -> provider.requests().size() == 1);
            client.setSoLinger(true, 0);
        }

        JsonNode calls = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> Api.json(api.get("/logs?profile=gone")).get("items"),
                        items -> items != null && items.size() == 1);
        assertThat(calls.at("/0/outcome").textValue()).isEqualTo("succeeded");
        assertThat(calls.at("/0/jo_status_code").textValue()).isEqualTo("http_202");
        assertThat(provider.requests()).hasSize(1);
    }

    private void register(String more) {
        JsonNode definition =
                Definitions.merged(Definitions.message("Sms", provider.url("/v1")), Definitions.parse(more));
        Response created = api.post("/actions", definition);
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
    }

    private JsonNode invoke() {
        return invoke(HELLO);
    }

    private JsonNode invoke(String body) {
        Response response = api.post("/actions/Sms/invoke", body);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return Api.json(response);
    }

    private JsonNode logged(String callId) {
        return Api.json(await().atMost(Duration.ofSeconds(20))
                .until(() -> api.get("/logs/" + callId), answer -> answer.statusCode() == 200));
    }

    private static double metric(String name) {
        String metrics = RestAssured.given()
                .header("Authorization", "Bearer " + Api.ADMIN_KEY)
                .get("/q/metrics")
                .asString();
        return metrics.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }
}
