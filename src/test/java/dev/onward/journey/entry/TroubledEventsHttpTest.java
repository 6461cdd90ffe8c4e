package dev.onward.journey.entry;

import static dev.onward.testsupport.Problems.assertProblem;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.database.Database;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.JourneyApi;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Method;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that Onward cannot look at by a fault of its own. */
@QuarkusTest
class TroubledEventsHttpTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String JOURNEY =
            "{\"name\":\"Late\",\"entry\":{\"event\":\"Late\"},\"steps\":[{\"end\":true}]}";

    @Inject
    Database database;

    private final Api api = Api.fresh();
    private final JourneyApi journeys = new JourneyApi(api);

    @BeforeEach
    void publish() {
        journeys.publish(JOURNEY);
    }

    @AfterEach
    void leaveNothing() {
        database.jdbi().useHandle(handle -> {
            handle.execute("DELETE FROM onward.journey_event WHERE sandbox = ?", api.sandbox());
            handle.execute("DELETE FROM onward.journey_event_aside WHERE sandbox = ?", api.sandbox());
        });
    }

    @Test
    void one_is_put_off_and_those_before_and_behind_it_are_not() {
        store("broken", "no JSON", 0);
        journeys.send(event("e-2", "sound"));
        await().atMost(SOON).until(() -> journeys.instances("sound").size() == 1);
        await().atMost(SOON).until(() -> tries().equals(Optional.of(1)));
        int waitSeconds = database.jdbi()
                .withHandle(handle -> handle.select(
                                "SELECT extract(epoch FROM not_before - received_at)::integer FROM onward.journey_event"
                                        + " WHERE sandbox = ?",
                                api.sandbox())
                        .mapTo(Integer.class)
                        .one());
        assertThat(waitSeconds).isBetween(60, 60 + (int) SOON.toSeconds());
    }

    @Test
    void one_that_was_tried_for_a_day_is_set_aside_counted_and_tried_again_when_an_admin_asks() {
        store("broken", "no JSON", TroubledEvents.MOST_TRIES - 1);
        await().atMost(SOON).until(() -> tries().isEmpty());
        assertThat(aside()).isOne();
        await().atMost(SOON).until(() -> gauge() >= 1);
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE onward.journey_event_aside SET payload = '{}' WHERE sandbox = ?", api.sandbox()));
        JsonNode told = Api.json(api.send(Method.POST, "/events/set-aside/retry"));
        assertThat(told.get("retried").intValue()).isOne();
        await().atMost(SOON).until(() -> journeys.instances("broken").size() == 1);
        assertThat(aside()).isZero();
    }

    @Test
    void those_that_are_set_aside_are_listed_page_by_page() {
        assertThat(setAside("")).hasToString("{\"items\":[],\"next\":null}");
        for (String profile : List.of("first", "second")) {
            store(profile, "no JSON", TroubledEvents.MOST_TRIES - 1);
        }
        await().atMost(SOON).until(() -> aside() == 2);
        JsonNode latest = setAside("?limit=1");
        assertThat(latest.get("items").findValuesAsText("profileId")).containsExactly("second");
        JsonNode event = latest.at("/items/0");
        assertThat(event.get("eventId").textValue()).isEqualTo("e-1");
        assertThat(event.get("name").textValue()).isEqualTo("Late");
        assertThat(Instant.parse(event.get("setAsideAt").textValue()))
                .isAfterOrEqualTo(Instant.parse(event.get("receivedAt").textValue()));
        JsonNode earlier = setAside("?limit=1&cursor=" + latest.get("next").textValue());
        assertThat(earlier.get("items").findValuesAsText("profileId")).containsExactly("first");
        assertThat(earlier.get("next").isNull()).isTrue();
    }

    @Test
    void one_that_is_set_aside_is_given_up() {
        store("p-1", "no JSON", TroubledEvents.MOST_TRIES - 1);
        await().atMost(SOON).until(() -> aside() == 1);
        assertProblem(api.delete("/events/set-aside/e-2"), 404, "not-found");
        assertProblem(Api.fresh().delete("/events/set-aside/e-1"), 404, "not-found");
        assertThat(api.delete("/events/set-aside/e-1").statusCode()).isEqualTo(204);
        assertThat(aside()).isZero();
    }

    @Test
    void a_cursor_of_another_list_is_refused() {
        assertProblem(api.get("/events/set-aside?cursor=bm8"), 400, "cursor-invalid");
        assertProblem(api.get("/events/set-aside?cursor=x"), 400, "cursor-invalid");
    }

    private JsonNode setAside(String query) {
        return Api.json(api.get("/events/set-aside" + query));
    }

    private void store(String profile, String payload, int tries) {
        database.jdbi().useHandle(handle -> handle.execute("""
                        INSERT INTO onward.journey_event (sandbox, event_id, name, profile_id, payload, profile, bytes,
                            received_at, not_before, tries)
                        VALUES (?, 'e-1', 'Late', ?, ?, '{}', 4, now(), now(), ?)""", api.sandbox(), profile, payload, tries));
    }

    private Optional<Integer> tries() {
        return database.jdbi()
                .withHandle(handle -> handle.select(
                                "SELECT tries FROM onward.journey_event WHERE sandbox = ?", api.sandbox())
                        .mapTo(Integer.class)
                        .findOne());
    }

    private int aside() {
        return database.jdbi()
                .withHandle(handle -> handle.select(
                                "SELECT count(*) FROM onward.journey_event_aside WHERE sandbox = ?", api.sandbox())
                        .mapTo(Integer.class)
                        .one());
    }

    private static double gauge() {
        return RestAssured.given()
                .header("Authorization", "Bearer " + Api.ADMIN_KEY)
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("onward_journey_events_set_aside"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToDouble(Double::parseDouble)
                .sum();
    }

    private static String event(String id, String profile) {
        return "{\"eventId\":\"" + id + "\",\"name\":\"Late\",\"profileId\":\"" + profile + "\"}";
    }
}
