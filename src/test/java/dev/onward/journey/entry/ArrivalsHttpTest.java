package dev.onward.journey.entry;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.Api;
import dev.onward.testsupport.JourneyApi;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What becomes of events at the journeys that they begin, in the metrics. */
@QuarkusTest
class ArrivalsHttpTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern TAG = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final Api api = Api.fresh();
    private final JourneyApi journeys = new JourneyApi(api);

    @Test
    void every_event_is_counted_under_what_became_of_it() {
        journeys.publish("""
                { "name": "Long", "entry": { "event": "Stay", "condition": "@event{Stay.total} > 0" },
                  "steps": [ { "id": "pause", "wait": "P1D" } ] }""");
        journeys.publish("""
                { "name": "Short", "entry": { "event": "Pass" }, "steps": [ { "end": true } ] }""");
        becomes("Stay", "\"profileId\": \"p-1\", \"payload\": { \"total\": 1 }", "Long begun");
        becomes("Stay", "\"profileId\": \"p-1\", \"payload\": { \"total\": 1 }", "Long already-in-journey");
        becomes("Stay", "\"profileId\": \"p-2\", \"payload\": { \"total\": 0 }", "Long condition-false");
        becomes("Stay", "\"profileId\": \"p-2\", \"payload\": { \"total\": \"much\" }", "Long expression-failed");
        becomes("Stay", "\"payload\": { \"total\": 1 }", "Long no-profile-id");
        becomes("Pass", "\"profileId\": \"p-1\"", "Short begun");
        becomes("Pass", "\"profileId\": \"p-1\"", "Short re-entered-too-soon");
        becomes("Away", "\"profileId\": \"p-1\"", " discarded");
    }

    private void becomes(String event, String more, String result) {
        Map<String, Integer> expected = counted();
        expected.merge(result, 1, Integer::sum);
        journeys.send("{ \"eventId\": \"e-%d\", \"name\": \"%s\", %s }".formatted(expected.size(), event, more));
        await().atMost(SOON).until(() -> counted().size() == expected.size());
        assertThat(counted()).isEqualTo(expected);
    }

    /** By journey and result how many events of this sandbox there were. */
    private Map<String, Integer> counted() {
        Map<String, Integer> counted = new TreeMap<>();
        RestAssured.given()
                .header("Authorization", "Bearer " + Api.ADMIN_KEY)
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("onward_journey_arrivals_total{"))
                .forEach(line -> {
                    Map<String, String> tags = tags(line);
                    if (api.sandbox().equals(tags.get("sandbox"))) {
                        double value = Double.parseDouble(line.substring(line.lastIndexOf(' ')));
                        counted.put(tags.get("journey") + " " + tags.get("result"), (int) value);
                    }
                });
        return counted;
    }

    private static Map<String, String> tags(String line) {
        Map<String, String> tags = new TreeMap<>();
        for (Matcher tag = TAG.matcher(line); tag.find(); ) {
            tags.put(tag.group(1), tag.group(2));
        }
        return tags;
    }
}
