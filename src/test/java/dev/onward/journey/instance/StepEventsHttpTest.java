package dev.onward.journey.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.JourneyApi;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    void those_of_an_audience_name_no_event() {
        api.with("Content-Type", "application/x-ndjson").post("/journeys/Told/audience", "{\"profileId\":\"p-1\"}");
        assertThat(steps(3)).allSatisfy(step -> assertThat(step.has("eventID")).isFalse());
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
