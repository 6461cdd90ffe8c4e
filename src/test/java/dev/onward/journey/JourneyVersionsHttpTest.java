package dev.onward.journey;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.database.Database;
import dev.onward.journey.mapping.RouteCatalogue;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.JourneyApi;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Received;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which version of a journey, and of an action, holds for whom. */
@QuarkusTest
class JourneyVersionsHttpTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    Database database;

    @Inject
    RouteCatalogue routes;

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();
    private JourneyApi journeys;

    @BeforeEach
    void registerAction() {
        journeys = JourneyApi.withSms(api, provider);
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void profiles_finish_on_the_version_that_was_live_when_they_came_in() {
        journeys.publish(saying("one"));
        comesIn("p-1");
        JsonNode draft = Api.json(api.put("/journeys/Versions", saying("two")));
        assertThat(draft.get("version").intValue()).isEqualTo(2);
        assertThat(draft.get("liveVersion").intValue()).isEqualTo(1);
        routes.forget();
        comesIn("p-2");
        assertThat(api.send(Method.POST, "/journeys/Versions/publish").statusCode())
                .isEqualTo(200);
        comesIn("p-3");
        routes.forget();
        theirWaitsAreOver();

        assertThat(journeys.ended("p-1").get("journeyVersion").intValue()).isEqualTo(1);
        assertThat(journeys.ended("p-2").get("journeyVersion").intValue()).isEqualTo(1);
        assertThat(journeys.ended("p-3").get("journeyVersion").intValue()).isEqualTo(2);
        assertThat(provider.requests())
                .extracting(Received::body)
                .containsExactlyInAnyOrder(
                        "{\"text\":\"one p-1\"}", "{\"text\":\"one p-2\"}", "{\"text\":\"two p-3\"}");
    }

    @Test
    void a_step_stays_with_the_version_of_its_action_that_it_names() {
        journeys.publish("""
                { "name": "Pinned", "entry": { "event": "Order" },
                  "steps": [ { "id": "a", "action": "Sms", "actionVersion": 1, "arguments": { "text": "'x'" } } ] }""");
        String next = Definitions.message("Sms", provider.url("/v2"))
                .toString()
                .replace("\"text\":", "\"other\":")
                .replace("${text}", "${other}");
        assertThat(api.put("/actions/Sms", next).statusCode()).isEqualTo(200);
        await().atMost(SOON)
                .until(() -> Api.json(api.post("/actions/Sms/invoke", "{\"arguments\":{\"other\":\"y\"}}"))
                                .path("actionVersion")
                                .intValue()
                        == 2);

        send("p-1");
        JsonNode instance = journeys.ended("p-1");
        assertThat(instance.get("ending").textValue()).isEqualTo("completed");
        assertThat(instance.at("/steps/0/actionVersion").intValue()).isEqualTo(1);
        assertThat(provider.requests().get(provider.requests().size() - 1))
                .satisfies(last -> assertThat(last.target()).isEqualTo("/v1"))
                .satisfies(last -> assertThat(last.body()).isEqualTo("{\"text\":\"x\"}"));
    }

    @Test
    void a_step_fills_path_headers_and_query_of_its_action() {
        assertThat(api.post(
                                "/actions",
                                Definitions.merged(
                                        Definitions.message("Bulk", provider.url("/v1")), Definitions.parse("""
                                                { "endpoint": { "headers": { "X-Tenant": "t ${tenant}" },
                                                                "query": { "dryRun": "${dry}" } },
                                                  "parameters": { "tenant": { "type": "string" },
                                                                  "dry": { "type": "boolean" } } }""")))
                        .statusCode())
                .isEqualTo(201);
        journeys.publish("""
                { "name": "Filled", "entry": { "event": "Order" },
                  "steps": [ { "id": "a", "action": "Bulk", "path": "@event{Order.customer} + '/bulk'",
                               "arguments": { "text": "'x'", "tenant": "@event{Order.tenant}",
                                              "dry": "@event{Order.total} > 1" } } ] }""");
        journeys.send("""
                { "eventId": "e-1", "name": "Order", "profileId": "p-1",
                  "payload": { "customer": "c 1", "tenant": "acme", "total": 2 } }""");
        assertThat(journeys.ended("p-1").get("ending").textValue()).isEqualTo("completed");
        assertThat(provider.requests()).singleElement().satisfies(request -> {
            assertThat(request.target()).isEqualTo("/v1/c%201/bulk?dryRun=true");
            assertThat(request.headers()).containsEntry("X-Tenant", "t acme");
            assertThat(request.body()).isEqualTo("{\"text\":\"x\"}");
        });
    }

    private static String saying(String text) {
        return """
                { "name": "Versions", "entry": { "event": "Order" },
                  "steps": [ { "id": "pause", "wait": "P1D" },
                             { "id": "a", "action": "Sms", "arguments": { "text": "'%s ' + profileId" } } ] }""".formatted(text);
    }

    private void comesIn(String profile) {
        send(profile);
        await().atMost(SOON).until(() -> journeys.instances(profile).size() == 1);
    }

    private void send(String profile) {
        journeys.send(
                "{ \"eventId\": \"e-%s\", \"name\": \"Order\", \"profileId\": \"%s\" }".formatted(profile, profile));
    }

    private void theirWaitsAreOver() {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE onward.journey_instance SET due_at = now() WHERE sandbox = ?", api.sandbox()));
    }
}
