package dev.onward.journey;

import static dev.onward.testsupport.Problems.assertProblem;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.JourneyApi;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Method;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class JourneysHttpTest {

    private static final Duration SOON = Duration.ofSeconds(20);

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
    void an_event_sends_the_profile_through_the_published_journey() {
        journeys.publish("""
                { "name": "Order", "entry": { "event": "Order", "profileId": "@event{Order.customer}" },
                  "steps": [ { "id": "notify", "action": "Sms",
                               "arguments": { "text": "'order ' + @event{Order.id} + ' of ' + #{ExperiencePlatform.Any.profile.name}" } },
                             { "id": "again", "if": "@action{notify.id} == 'm-77'",
                               "then": [ { "id": "thanks", "action": "Sms",
                                           "arguments": { "text": "@action{notify.jo_status_code}" } } ] } ] }""");
        journeys.send("""
                { "eventId": "e-1", "name": "Order", "payload": { "id": "A-7", "customer": "c-1" },
                  "profile": { "name": "Ada" } }""");
        JsonNode instance = journeys.ended("c-1");
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
        journeys.publish("""
                { "name": "Caught", "entry": { "event": "Bad" },
                  "steps": [ { "id": "first", "action": "Sms", "arguments": { "text": "'one'" },
                               "onError": [ { "id": "alert", "action": "Sms", "continueOnError": true,
                                              "arguments": { "text": "@action{first.jo_status_code} + ' ' + @action{first.errorResponse.error}" } } ] },
                             { "id": "last", "action": "Sms", "arguments": { "text": "lastErrorCode" } },
                             { "id": "never", "action": "Sms", "arguments": { "text": "'never'" } } ] }""");
        journeys.send("{ \"eventId\": \"e-1\", \"name\": \"Bad\", \"profileId\": \"p-1\" }");
        JsonNode instance = journeys.ended("p-1");
        assertThat(instance.get("ending").textValue()).isEqualTo("failed");
        assertThat(provider.requests())
                .extracting(StubProvider.Received::body)
                .containsExactly("{\"text\":\"one\"}", "{\"text\":\"http_404 unknown\"}", "{\"text\":\"404\"}");
    }

    @Test
    void the_timeout_of_a_journey_is_the_window_of_its_calls() {
        provider.usually(Reply.json(202, "{}").after(Duration.ofSeconds(5)));
        journeys.publish("""
                { "name": "Hasty", "entry": { "event": "Haste" }, "timeout": "PT1S",
                  "steps": [ { "id": "late", "action": "Sms", "arguments": { "text": "'x'" }, "continueOnError": true } ] }""");
        journeys.send("{ \"eventId\": \"e-1\", \"name\": \"Haste\", \"profileId\": \"p-1\" }");
        JsonNode late = journeys.ended("p-1").at("/steps/0");
        assertThat(late.get("stepStatus").textValue()).isEqualTo("timedout");
        assertThat(late.get("actionExecutionError").textValue()).isEqualTo("timedout");
        assertThat(late.get("actionExecutionTime").intValue()).isBetween(1_000, 4_900);
        assertThat(Stream.of("actionIsThrottled", "actionIsProxy", "actionOriginIsMTLS")
                        .map(late::get))
                .containsOnly(BooleanNode.FALSE);
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
        journeys.publish("""
                { "name": "Waiting", "entry": { "event": "Wait" }, "steps": [ { "id": "pause", "wait": "P1D" } ] }""");
        String event = "{ \"eventId\": \"e-1\", \"name\": \"Wait\", \"profileId\": \"p-1\" }";
        assertThat(Api.json(api.post("/events", event)).get("accepted").intValue())
                .isEqualTo(1);
        assertThat(Api.json(api.post("/events", event)).get("duplicates").intValue())
                .isEqualTo(1);
        journeys.send("{ \"eventId\": \"e-2\", \"name\": \"Wait\", \"profileId\": \"p-1\" }");
        journeys.send("{ \"eventId\": \"e-3\", \"name\": \"Wait\", \"profileId\": \"p-2\" }");
        await().atMost(SOON).until(() -> journeys.instances("p-2").size() == 1);
        assertThat(journeys.instances("p-1")).hasSize(1);
        assertThat(journeys.instances("p-1").get(0).get("state").textValue()).isEqualTo("waiting");
        assertProblem(api.delete("/journeys/Waiting"), 409, "journey-in-use");
        assertThat(api.send(Method.POST, "/journeys/Waiting/stop").statusCode()).isEqualTo(200);
        assertThat(journeys.ended("p-1").get("ending").textValue()).isEqualTo("stopped");
    }

    @Test
    void a_dry_rehearsal_calls_nobody_and_shows_every_request() {
        api.post("/journeys", """
                { "name": "Tried", "entry": { "event": "Try", "condition": "@event{Try.total} > 0" },
                  "steps": [ { "id": "first", "action": "Sms", "arguments": { "text": "@event{Try.id}" },
                               "onError": [ { "id": "alert", "action": "Sms", "continueOnError": true,
                                              "arguments": { "text": "@action{first.errorResponse.error}" } } ] },
                             { "id": "pause", "wait": "P10D" },
                             { "id": "last", "action": "Sms", "arguments": { "text": "toString(inLastDays(now(), 1))" } } ] }""");
        JsonNode told = Api.json(api.post("/journeys/Tried/test", """
                { "mode": "dry", "event": { "profileId": "p-1", "payload": { "id": "A-7", "total": 1 } },
                  "mocks": { "first": { "status": 500, "body": { "error": "down" } } } }"""));
        assertThat(told.get("ending").textValue()).isEqualTo("completed");
        assertThat(told.at("/actionsHistory/first/jo_status_code").textValue()).isEqualTo("http_500");
        assertThat(told.at("/actionsHistory/alert/id").textValue()).isEqualTo("m-1");
        assertThat(told.at("/actionExecutionErrors/0/errorResponse/error").textValue())
                .isEqualTo("down");
        assertThat(told.get("requests").findValuesAsText("body"))
                .containsExactly("{\"text\":\"A-7\"}", "{\"text\":\"down\"}", "{\"text\":\"true\"}");
        assertThat(provider.requests()).isEmpty();
        JsonNode refused = Api.json(api.post("/journeys/Tried/test", """
                { "event": { "profileId": "p-1", "payload": { "total": 0 } } }"""));
        assertThat(refused.get("reason").textValue()).isEqualTo("condition-false");
    }

    @Test
    void a_real_rehearsal_calls_the_provider_and_shows_every_attempt() {
        provider.next(Reply.json(503, "{}"));
        api.post("/journeys", """
                { "name": "Real", "entry": { "event": "Try" },
                  "steps": [ { "id": "first", "action": "Sms", "arguments": { "text": "'x'" } } ] }""");
        JsonNode told = Api.json(api.post("/journeys/Real/test", """
                { "mode": "real", "event": { "profileId": "p-1" } }"""));
        assertThat(told.at("/requests/0/attemptRecords")).hasSize(2);
        assertThat(told.at("/actionsHistory/first/id").textValue()).isEqualTo("m-77");
        assertThat(told.at("/currentstep/phase").textValue()).isEqualTo("finished");
        assertThat(provider.requests()).hasSize(2);
    }

    @Test
    void a_real_rehearsal_tells_where_it_timed_out() {
        provider.usually(Reply.json(202, "{}").after(Duration.ofSeconds(5)));
        api.post("/journeys", """
                { "name": "Hasty", "entry": { "event": "Try" }, "timeout": "PT1S",
                  "steps": [ { "id": "late", "action": "Sms", "arguments": { "text": "'x'" } } ] }""");
        JsonNode told = Api.json(api.post("/journeys/Hasty/test", """
                { "mode": "real", "event": { "profileId": "p-1" } }"""));
        assertThat(told.get("ending").textValue()).isEqualTo("failed");
        assertThat(told.at("/currentstep/id").textValue()).isEqualTo("late");
        assertThat(told.at("/currentstep/phase").textValue()).isEqualTo("timedout");
        assertThat(told.at("/actionExecutionErrors/0/code").textValue()).isEqualTo("timedout");
        assertThat(told.at("/actionExecutionErrors/0/message")).isEqualTo(told.at("/currentstep/extraInfo"));
    }

    @Test
    void a_profile_that_does_not_consent_is_not_called_and_goes_on() {
        assertThat(api.post(
                                "/actions",
                                Definitions.merged(
                                        Definitions.message("Marketing", provider.url("/v1")),
                                        Definitions.parse("{\"channel\":\"sms\"}")))
                        .statusCode())
                .isEqualTo(201);
        journeys.publish("""
                { "name": "Consent", "entry": { "event": "Ask" },
                  "steps": [ { "id": "ad", "action": "Marketing", "arguments": { "text": "'buy'" } },
                             { "id": "note", "action": "Sms", "arguments": { "text": "'noted'" } } ] }""");
        journeys.send("""
                { "eventId": "e-1", "name": "Ask", "profileId": "p-1",
                  "profile": { "consents": { "marketing": { "sms": { "val": "n" } } } } }""");
        JsonNode instance = journeys.ended("p-1");
        assertThat(instance.get("ending").textValue()).isEqualTo("completed");
        assertThat(instance.at("/steps/0/stepStatus").textValue()).isEqualTo("skippedConsent");
        assertThat(provider.requests()).extracting(StubProvider.Received::body).containsExactly("{\"text\":\"noted\"}");
        assertThat(Api.json(api.get("/logs?outcome=skippedConsent")).get("items"))
                .hasSize(1);
        JsonNode report = Api.json(api.get("/reports/actions?by=action,journey&per=hour"));
        assertThat(report.get("items")).hasSize(2);
        assertThat(report.get("items").findValuesAsText("skippedConsent")).containsExactly("1", "0");
        assertThat(Api.json(api.get("/step-events?journey=Consent")).get("items"))
                .hasSize(2);
        assertThat(api.with("Accept", "application/x-ndjson")
                        .get("/step-events")
                        .asString()
                        .lines())
                .hasSize(2);
    }

    @Test
    void an_action_that_a_live_journey_uses_is_kept_and_cannot_be_broken() {
        journeys.publish("""
                { "name": "User", "entry": { "event": "Use" },
                  "steps": [ { "id": "a", "action": "Sms", "arguments": { "text": "'x'" } } ] }""");
        assertThat(Api.json(api.get("/actions/Sms")).get("usedIn").intValue()).isEqualTo(1);
        assertProblem(api.delete("/actions/Sms"), 409, "action-in-use");
        var broken = api.put(
                "/actions/Sms",
                Definitions.message("Sms", provider.url("/v1"))
                        .toString()
                        .replace("\"text\":", "\"other\":")
                        .replace("${text}", "${other}"));
        assertProblem(broken, 409, "breaks-journeys");
        assertThat(broken.asString()).contains("User");
        assertThat(api.send(Method.POST, "/journeys/User/stop").statusCode()).isEqualTo(200);
        assertThat(api.delete("/actions/Sms").statusCode()).isEqualTo(204);
    }

    @Test
    void a_paused_journey_holds_its_profiles_and_discards_events() {
        journeys.publish("""
                { "name": "Held", "entry": { "event": "Hold" },
                  "steps": [ { "id": "pause", "wait": "PT1S" },
                             { "id": "a", "action": "Sms", "arguments": { "text": "'x'" } } ] }""");
        journeys.send("{ \"eventId\": \"e-1\", \"name\": \"Hold\", \"profileId\": \"p-1\" }");
        await().atMost(SOON).until(() -> journeys.instances("p-1").size() == 1);
        assertThat(api.send(Method.POST, "/journeys/Held/pause").statusCode()).isEqualTo(200);
        assertProblem(api.send(Method.POST, "/journeys/Held/publish"), 409, "conflict");
        await().atMost(SOON)
                .until(() -> journeys.instances("p-1")
                        .get(0)
                        .get("state")
                        .textValue()
                        .equals("held"));
        journeys.send("{ \"eventId\": \"e-2\", \"name\": \"Hold\", \"profileId\": \"p-2\" }");
        await().atMost(SOON).until(JourneysHttpTest::isDiscarded);
        assertThat(provider.requests()).isEmpty();
        assertThat(api.send(Method.POST, "/journeys/Held/resume").statusCode()).isEqualTo(200);
        assertThat(journeys.ended("p-1").get("ending").textValue()).isEqualTo("completed");
        assertThat(provider.requests()).hasSize(1);
        assertThat(journeys.instances("p-2")).isEmpty();
    }

    private static boolean isDiscarded() {
        return RestAssured.given()
                .header("Authorization", "Bearer " + Api.ADMIN_KEY)
                .get("/q/metrics")
                .asString()
                .lines()
                .anyMatch(line -> line.startsWith("onward_journey_arrivals_total")
                        && line.contains("journey=\"Held\"")
                        && line.contains("result=\"journey-paused\""));
    }

    @Test
    void an_erased_person_leaves_and_is_called_no_more() {
        journeys.publish("""
                { "name": "Erased", "entry": { "event": "Erase" },
                  "steps": [ { "id": "pause", "wait": "PT1H" },
                             { "id": "a", "action": "Sms", "arguments": { "text": "'x'" } } ] }""");
        journeys.send("{ \"eventId\": \"e-1\", \"name\": \"Erase\", \"profileId\": \"p-1\" }");
        await().atMost(SOON).until(() -> journeys.instances("p-1").size() == 1);
        String id = journeys.instances("p-1").get(0).get("instanceId").textValue();
        assertThat(api.delete("/profiles/p-1").statusCode()).isEqualTo(204);
        assertThat(journeys.instances("p-1")).isEmpty();
        assertThat(Api.json(api.get("/instances/" + id)).get("ending").textValue())
                .isEqualTo("erased");
    }

    @Test
    void a_policy_keeps_a_labelled_field_from_a_marketing_action() {
        assertThat(api.post(
                                "/actions",
                                Definitions.merged(
                                        Definitions.message("Ad", provider.url("/v1")),
                                        Definitions.parse("{\"channel\":\"sms\"}")))
                        .statusCode())
                .isEqualTo(201);
        assertThat(api.put("/governance", """
                        { "labels": { "mobilePhone": [ "C2" ] },
                          "policies": [ { "name": "quiet", "label": "C2", "marketingAction": "sms" } ] }""").statusCode()).isEqualTo(200);
        String tag = api.get("/governance").header("ETag");
        assertThat(api.with("If-None-Match", tag).get("/governance").statusCode())
                .isEqualTo(304);
        assertProblem(api.with("If-Match", "\"other\"").put("/governance", "{}"), 412, "precondition-failed");
        String journey = """
                { "name": "Governed", "entry": { "event": "Any" },
                  "steps": [ { "id": "a", "action": "%s",
                               "arguments": { "text": "#{ExperiencePlatform.Any.profile.mobilePhone.number}" } } ] }""";
        api.post("/journeys", journey.formatted("Ad"));
        var refused = api.send(Method.POST, "/journeys/Governed/publish");
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).at("/errors/0/code").textValue()).isEqualTo("policy-violated");
        assertThat(Api.json(refused).at("/errors/0/message").textValue()).contains("mobilePhone.number", "quiet");
        api.put("/journeys/Governed", journey.formatted("Sms"));
        assertThat(api.send(Method.POST, "/journeys/Governed/publish").statusCode())
                .isEqualTo(200);
    }
}
