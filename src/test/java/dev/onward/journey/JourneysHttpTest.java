package dev.onward.journey;

import static dev.onward.testsupport.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class JourneysHttpTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @BeforeEach
    void registerAction() {
        assertThat(api.post("/actions", Definitions.message("Sms", provider.url("/v1")))
                        .statusCode())
                .isEqualTo(201);
        provider.usually(Reply.json(202, "{\"id\":\"m-77\"}"));
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void an_event_sends_the_profile_through_the_published_journey() {
        publish("""
                { "name": "Order", "entry": { "event": "Order", "profileId": "@event{Order.customer}" },
                  "steps": [ { "id": "notify", "action": "Sms",
                               "arguments": { "text": "'order ' + @event{Order.id} + ' of ' + #{ExperiencePlatform.Any.profile.name}" } },
                             { "id": "again", "if": "@action{notify.id} == 'm-77'",
                               "then": [ { "id": "thanks", "action": "Sms",
                                           "arguments": { "text": "@action{notify.jo_status_code}" } } ] } ] }""");
        send("""
                { "eventId": "e-1", "name": "Order", "payload": { "id": "A-7", "customer": "c-1" },
                  "profile": { "name": "Ada" } }""");
        JsonNode instance = ended("c-1");
        assertThat(instance.get("ending").textValue()).isEqualTo("completed");
        assertThat(instance.get("steps").findValuesAsText("stepID")).containsExactly("notify", "again", "thanks");
        assertThat(provider.requests())
                .extracting(StubProvider.Received::body)
                .containsExactly("{\"text\":\"order A-7 of Ada\"}", "{\"text\":\"http_202\"}");
        JsonNode calls = Api.json(api.get("/logs?journey=Order")).get("items");
        assertThat(calls).hasSize(2).allSatisfy(call -> {
            assertThat(call.get("instanceId")).isEqualTo(instance.get("instanceId"));
            assertThat(call.get("profileId").textValue()).isEqualTo("c-1");
        });
    }

    @Test
    void a_failed_call_takes_the_error_path_or_ends_the_instance() {
        provider.usually(Reply.json(404, "{\"error\":\"unknown\"}"));
        publish("""
                { "name": "Caught", "entry": { "event": "Bad" },
                  "steps": [ { "id": "first", "action": "Sms", "arguments": { "text": "'one'" },
                               "onError": [ { "id": "alert", "action": "Sms", "continueOnError": true,
                                              "arguments": { "text": "@action{first.jo_status_code} + ' ' + @action{first.errorResponse.error}" } } ] },
                             { "id": "last", "action": "Sms", "arguments": { "text": "lastErrorCode" } },
                             { "id": "never", "action": "Sms", "arguments": { "text": "'never'" } } ] }""");
        send("{ \"eventId\": \"e-1\", \"name\": \"Bad\", \"profileId\": \"p-1\" }");
        JsonNode instance = ended("p-1");
        assertThat(instance.get("ending").textValue()).isEqualTo("failed");
        assertThat(provider.requests())
                .extracting(StubProvider.Received::body)
                .containsExactly("{\"text\":\"one\"}", "{\"text\":\"http_404 unknown\"}", "{\"text\":\"404\"}");
    }

    @Test
    void publishing_tells_every_fault_at_once() {
        String broken = """
                { "name": "Broken", "entry": { "event": "Order", "condition": "1 + 1" },
                  "steps": [ { "id": "a", "action": "Nobody" },
                             { "id": "b", "action": "Sms", "arguments": { "txt": "'x'" } },
                             { "id": "c", "if": "@action{d.id} == ''", "then": [] },
                             { "id": "d", "action": "Sms", "arguments": { "text": "uper('x')" } } ] }""";
        JsonNode draft = Api.json(api.post("/journeys", broken));
        assertThat(draft.get("publishable").booleanValue()).isFalse();
        assertThat(draft.get("warnings").findValuesAsText("code"))
                .containsExactlyInAnyOrder(
                        "condition-type",
                        "unknown-action",
                        "unknown-parameter",
                        "parameter-missing",
                        "step-not-before",
                        "unknown-function");
        var refused = api.send(Method.POST, "/journeys/Broken/publish");
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).get("errors")).hasSize(6);
    }

    @Test
    void a_profile_is_in_a_journey_once_and_a_known_event_is_ignored() {
        publish("""
                { "name": "Waiting", "entry": { "event": "Wait" }, "steps": [ { "id": "pause", "wait": "P1D" } ] }""");
        String event = "{ \"eventId\": \"e-1\", \"name\": \"Wait\", \"profileId\": \"p-1\" }";
        assertThat(Api.json(api.post("/events", event)).get("accepted").intValue())
                .isEqualTo(1);
        assertThat(Api.json(api.post("/events", event)).get("duplicates").intValue())
                .isEqualTo(1);
        send("{ \"eventId\": \"e-2\", \"name\": \"Wait\", \"profileId\": \"p-1\" }");
        send("{ \"eventId\": \"e-3\", \"name\": \"Wait\", \"profileId\": \"p-2\" }");
        await().atMost(SOON).until(() -> instances("p-2").size() == 1);
        assertThat(instances("p-1")).hasSize(1);
        assertThat(instances("p-1").get(0).get("state").textValue()).isEqualTo("waiting");
        assertProblem(api.delete("/journeys/Waiting"), 409, "journey-in-use");
        assertThat(api.send(Method.POST, "/journeys/Waiting/stop").statusCode()).isEqualTo(200);
        assertThat(ended("p-1").get("ending").textValue()).isEqualTo("stopped");
    }

    private void publish(String journey) {
        var created = api.post("/journeys", journey);
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        String name = Api.json(created).get("name").textValue();
        var published = api.send(Method.POST, "/journeys/" + name + "/publish");
        assertThat(published.statusCode()).as(published.asString()).isEqualTo(200);
    }

    private void send(String event) {
        var accepted = api.post("/events", event);
        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(202);
    }

    private JsonNode instances(String profile) {
        return Api.json(api.get("/instances?profile=" + profile)).get("items");
    }

    private JsonNode ended(String profile) {
        await().atMost(SOON)
                .until(() -> instances(profile).size() > 0
                        && instances(profile).get(0).get("state").textValue().equals("ended"));
        return Api.json(api.get(
                "/instances/" + instances(profile).get(0).get("instanceId").textValue()));
    }
}
