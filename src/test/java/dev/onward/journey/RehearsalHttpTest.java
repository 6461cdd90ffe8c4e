package dev.onward.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.StubProvider;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RehearsalHttpTest {

    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @BeforeEach
    void registerAction() {
        assertThat(api.post("/actions", Definitions.message("Sms", provider.url("/v1")))
                        .statusCode())
                .isEqualTo(201);
    }

    @AfterEach
    void nobodyWasCalled() {
        assertThat(provider.requests()).isEmpty();
        provider.close();
    }

    @Test
    void a_step_without_a_mock_is_answered_by_its_response_sample() {
        JsonNode told = rehearse("""
                { "id": "a", "action": "Sms", "arguments": { "text": "'x'" } },
                { "id": "b", "action": "Sms", "arguments": { "text": "@action{a.id}" } }""", "{ \"a\": { \"body\": {} } }");
        assertThat(told.at("/requests").findValuesAsText("answeredBy")).containsExactly("mock", "sample");
        assertThat(told.at("/actionsHistory/b/id").textValue()).isEqualTo("m-1");
        assertThat(told.at("/actionsHistory/a").has("id")).isFalse();
    }

    @Test
    void a_mock_with_status_500_takes_the_error_path_or_ends_it() {
        String mocks = "{ \"a\": { \"status\": 500 } }";
        JsonNode caught = rehearse("""
                { "id": "a", "action": "Sms", "arguments": { "text": "'x'" },
                  "onError": [ { "id": "b", "action": "Sms", "arguments": { "text": "'y'" } } ] }""", mocks);
        assertThat(caught.get("ending").textValue()).isEqualTo("completed");
        assertThat(caught.at("/actionExecutionErrors").findValuesAsText("stepId"))
                .containsExactly("a");
        JsonNode ended =
                rehearse("{ \"id\": \"a\", \"action\": \"Sms\", \"arguments\": { \"text\": \"'x'\" } }", mocks);
        assertThat(ended.get("ending").textValue()).isEqualTo("failed");
        assertThat(ended.at("/currentstep/phase").textValue()).isEqualTo("error");
        assertThat(ended.at("/currentstep/extraInfo").textValue()).isNotBlank();
        assertThat(ended.at("/currentstep/fetchErrors").isEmpty()).isTrue();
    }

    @Test
    void waits_of_months_take_no_time_though_the_clock_goes_on() {
        Instant begun = Instant.now();
        JsonNode told = rehearse("""
                { "id": "p1", "wait": "P30D" }, { "id": "p2", "wait": "P30D" },
                { "id": "a", "action": "Sms", "arguments": { "text": "toString(now())" } }""", "{}");
        assertThat(Duration.between(begun, Instant.now())).isLessThan(AT_MOST);
        assertThat(told.get("ending").textValue()).isEqualTo("completed");
        assertThat(told.at("/requests/0/renderedRequest/body").asText())
                .contains(begun.plus(Duration.ofDays(60)).toString().substring(0, 10));
    }

    @Test
    void waits_beyond_91_days_end_it_as_they_would_in_earnest() {
        JsonNode told = rehearse("""
                { "id": "p1", "wait": "P90D" }, { "id": "p2", "wait": "P90D" },
                { "id": "a", "action": "Sms", "arguments": { "text": "'late'" } }""", "{}");
        assertThat(told.get("ending").textValue()).isEqualTo("timedOut");
        assertThat(told.at("/currentstep/id").textValue()).isEqualTo("p2");
        assertThat(told.at("/currentstep/phase").textValue()).isEqualTo("timedout");
        assertThat(told.at("/currentstep/extraInfo").textValue()).isEqualTo("instanceTimedout");
    }

    @Test
    void the_log_tells_who_came_in_with_what_and_every_step() {
        JsonNode told = rehearse("""
                { "id": "a", "action": "Sms", "arguments": { "text": "'x'" } },
                { "id": "c", "if": "@action{a.id} == 'm-1'", "then": [ { "id": "p", "wait": "P1D" } ] }""", "{}");
        assertThat(told.get("_id").textValue()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(told.get("externalKeys").toString()).isEqualTo("[\"p-1\"]");
        assertThat(told.get("enrichedData").toString()).isEqualTo("{\"profile\":{\"name\":\"Ada\"}}");
        assertThat(told.at("/transitionHistory/0").toString())
                .isEqualTo("{\"step\":\"start\",\"payload\":{\"n\":7,\"flag\":null}}");
        assertThat(told.get("transitionHistory").findValuesAsText("stepID")).containsExactly("a", "c", "p");
        assertThat(told.get("transitionHistory").findValuesAsText("stepStatus")).containsOnly("transitions");
        assertThat(told.at("/transitionHistory/2/transition").textValue()).isEqualTo("then");
        assertThat(told.at("/transitionHistory/3/waited").textValue()).isEqualTo("PT24H");
        assertThat(told.get("currentstep").toString())
                .isEqualTo("{\"id\":\"p\",\"fetchErrors\":[],\"phase\":\"finished\"}");
    }

    @Test
    void a_condition_that_is_null_goes_the_other_way() {
        JsonNode told = rehearse("""
                { "id": "c", "if": "@event{Try.flag}", "then": [ { "id": "yes", "end": true } ],
                  "else": [ { "id": "no", "end": true } ] }""", "{}");
        assertThat(told.at("/currentstep/id").textValue()).isEqualTo("no");
    }

    @Test
    void a_condition_that_is_no_boolean_fails_and_is_told() {
        String message = "the condition is integer and cannot be read as boolean, true or false";
        JsonNode told = rehearse(
                "{ \"id\": \"c\", \"if\": \"@event{Try.n}\", \"then\": [ { \"id\": \"yes\", \"end\": true } ] }", "{}");
        assertThat(told.get("ending").textValue()).isEqualTo("failed");
        assertThat(told.at("/currentstep/extraInfo").textValue()).isEqualTo(message);

        api.put("/journeys/Tried", """
                { "name": "Tried", "entry": { "event": "Try", "condition": "@event{Try.n}" },
                  "steps": [ { "id": "yes", "end": true } ] }""");
        JsonNode refused = Api.json(api.post(
                "/journeys/Tried/test", "{ \"event\": { \"profileId\": \"p-1\", \"payload\": { \"n\": 7 } } }"));
        assertThat(refused.get("entered").booleanValue()).isFalse();
        assertThat(refused.get("reason").textValue()).isEqualTo("expression-failed");
        assertThat(refused.get("message").textValue()).isEqualTo(message);
    }

    @Test
    void arguments_that_do_not_fit_are_told_and_are_no_call() {
        JsonNode told = rehearse(
                "{ \"id\": \"a\", \"action\": \"Sms\", \"arguments\": { \"text\": \"@event{Try.n}\" } }", "{}");
        assertThat(told.get("ending").textValue()).isEqualTo("failed");
        assertThat(told.at("/actionExecutionErrors/0/error").textValue()).isEqualTo("arguments-invalid");
        assertThat(told.at("/transitionHistory/1/actionID").textValue()).isEqualTo("Sms-1");
    }

    private JsonNode rehearse(String steps, String mocks) {
        api.delete("/journeys/Tried");
        Response saved = api.post(
                "/journeys", "{ \"name\": \"Tried\", \"entry\": { \"event\": \"Try\" }, \"steps\": [" + steps + "] }");
        assertThat(saved.statusCode()).as(saved.asString()).isEqualTo(201);
        Response answer = api.post(
                "/journeys/Tried/test",
                "{ \"event\": { \"profileId\": \"p-1\", \"payload\": { \"n\": 7, \"flag\": null },"
                        + " \"profile\": { \"name\": \"Ada\" } }, \"mocks\": " + mocks + " }");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(List.of("completed", "failed", "timedOut"))
                .contains(Api.json(answer).get("ending").textValue());
        return Api.json(answer);
    }
}
