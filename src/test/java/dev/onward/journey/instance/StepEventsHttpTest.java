package dev.onward.journey.instance;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.JourneyApi;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Reply;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What step events tell beyond their step. */
@QuarkusTest
class StepEventsHttpTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String JOURNEY = """
            { "name": "Told", "entry": { "event": "Told", "reentry": { "allowed": true, "after": "PT0S" } },
              "steps": [ { "id": "vip", "if": "true", "then": [ { "id": "pause", "wait": "PT1S" } ] },
                         { "id": "stop", "end": true } ] }""";

    /** One attempt a window, and window after window. */
    private static final JsonNode PATIENT = Definitions.parse("""
            { "retry": { "maxRetries": 0 }, "durable": { "backoff": { "base": "PT0.1S", "cap": "PT0.1S" } } }""");

    private final Api api = Api.fresh();
    private final JourneyApi journeys = new JourneyApi(api);

    @BeforeEach
    void publish() {
        journeys.publish(JOURNEY);
    }

    @Test
    void they_name_the_event_and_the_step_before_and_know_who_comes_again() {
        send("first \\u0000");
        List<JsonNode> first = steps(3);
        assertThat(first).extracting(step -> step.get("eventID").textValue()).containsOnly("first \u0000");
        assertThat(first)
                .extracting(step -> step.path("parentStepID").asText("none"))
                .containsExactly("none", "vip", "pause");
        assertThat(first)
                .extracting(step -> step.get("entrance").booleanValue())
                .containsExactly(true, false, false);
        assertThat(first)
                .extracting(step -> step.get("reentrance").booleanValue())
                .containsOnly(false);
        send("second");
        List<JsonNode> second = steps(6).subList(3, 6);
        assertThat(second).extracting(step -> step.get("eventID").textValue()).containsOnly("second");
        assertThat(second)
                .extracting(step -> step.get("reentrance").booleanValue())
                .containsExactly(true, false, false);
    }

    @Test
    void those_of_an_audience_name_its_run_and_no_event() {
        JsonNode run = Api.json(api.with("Content-Type", "application/x-ndjson")
                .post("/journeys/Told/audience", "{\"profileId\":\"p-1\"}"));
        assertThat(steps(3)).allSatisfy(step -> {
            assertThat(step.has("eventID")).isFalse();
            assertThat(step.get("instanceType").textValue()).isEqualTo("batch");
            assertThat(step.get("fromSegmentTrigger").booleanValue()).isTrue();
            assertThat(step.get("batchInstanceID")).isEqualTo(run.get("runId"));
        });
    }

    @Test
    void those_of_calls_tell_where_they_went_how_often_and_whether_they_were_the_last() {
        try (StubProvider provider = StubProvider.start()) {
            provider.next(Reply.status(503), Reply.json(202, "{}"), Reply.status(404));
            api.post("/actions", Definitions.merged(Definitions.message("Sms", provider.url("/v1")), PATIENT));
            journeys.publish("""
                    { "name": "Calling", "entry": { "event": "Call" },
                      "steps": [ { "id": "again", "action": "Sms", "arguments": { "text": "'x'" } },
                                 { "id": "pause", "wait": "PT1S" },
                                 { "id": "unfit", "action": "Sms", "arguments": { "text": "@event{Call.n}" },
                                   "continueOnError": true },
                                 { "id": "bad", "action": "Sms", "arguments": { "text": "'y'" } } ] }""");
            journeys.send("{\"eventId\":\"e\",\"name\":\"Call\",\"profileId\":\"p-1\",\"payload\":{\"n\":7}}");
            List<JsonNode> steps = steps(4);

            assertThat(steps)
                    .extracting(step -> shown(step, "stepID", "stepStatus", "instanceEnded"))
                    .containsExactly(
                            "again transitions false",
                            "pause transitions false",
                            "unfit error false",
                            "bad error true");
            assertThat(steps)
                    .extracting(step ->
                            shown(step, "actionID", "actionOriginMethod", "attempts", "actionExecutionErrorCode"))
                    .containsExactly("Sms-1 POST 2 ", "   ", "Sms-1 POST 0 ", "Sms-1 POST 1 404");
            assertThat(steps)
                    .extracting(step -> step.path("actionOriginEndpoint").asText())
                    .containsExactly(provider.url("/v1"), "", provider.url("/v1"), provider.url("/v1"));
            assertThat(steps)
                    .extracting(step -> shown(step, "instanceType", "fromSegmentTrigger", "batchInstanceID"))
                    .containsOnly("unitary false ");
            assertThat(steps.get(1).get("processingTime").longValue()).isBetween(1_000L, SOON.toMillis());
            assertThat(Api.json(api.get("/logs/" + steps.get(0).get("callId").textValue()))
                            .get("attempts")
                            .intValue())
                    .isEqualTo(2);
        }
    }

    @Test
    void an_erased_person_leaves_no_event_behind() {
        send("of p-1");
        steps(3);
        assertThat(api.delete("/profiles/p-1").statusCode()).isEqualTo(204);
        assertThat(Api.json(api.get("/step-events?journey=Told")).get("items"))
                .hasSize(3)
                .allSatisfy(step -> assertThat(step.has("eventID")).isFalse());
    }

    private static String shown(JsonNode step, String... fields) {
        return Stream.of(fields).map(field -> step.path(field).asText()).collect(Collectors.joining(" "));
    }

    private void send(String eventId) {
        String event = "{\"eventId\":\"" + eventId + "\",\"name\":\"Told\",\"profileId\":\"p-1\"}";
        journeys.send(event);
    }

    /** In the order in which they happened, when there are so many. */
    private List<JsonNode> steps(int count) {
        String path = "/step-events?profile=p-1";
        await().atMost(SOON).until(() -> Api.json(api.get(path)).get("items").size() == count);
        List<JsonNode> steps = new ArrayList<>();
        Api.json(api.get(path)).get("items").forEach(step -> steps.add(0, step));
        return steps;
    }
}
