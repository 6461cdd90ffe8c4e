package dev.onward.journey.entry;

import static dev.onward.testsupport.Problems.assertProblem;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.database.Database;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.BatchConnection;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A sandbox whose events nobody looks at. */
@QuarkusTest
@TestProfile(EventsFullHttpTest.Few.class)
class EventsFullHttpTest {

    /** Two events fill a sandbox. */
    public static final class Few implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("onward.journey.max-events-per-sandbox", "2");
        }
    }

    @Inject
    Database database;

    @Inject
    EventRoom room;

    @Inject
    EventStore store;

    private final Api api = Api.fresh();

    @Test
    void a_full_sandbox_is_told_when_to_come_again() {
        fill();
        Response refused = api.post("/events", event("more"));
        assertProblem(refused, 429, "rate-limited");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        assertThat(Api.fresh().post("/events", event("other")).statusCode()).isEqualTo(202);
    }

    @Test
    void a_stream_waits_while_the_sandbox_is_full_and_loses_no_line() throws IOException {
        fill();
        try (BatchConnection stream = BatchConnection.open(
                RestAssured.port,
                "/api/v1/events",
                "Authorization: Bearer " + Api.ADMIN_KEY + "\r\nx-sandbox-name: " + api.sandbox()
                        + "\r\nContent-Type: application/x-ndjson\r\n")) {
            for (int i = 0; i < 50; i++) {
                stream.line(event("e-" + i));
            }
            stream.end();
            await().during(Duration.ofSeconds(1)).until(() -> waiting() == 2);
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "UPDATE onward.journey_event SET not_before = received_at WHERE sandbox = ?",
                            api.sandbox()));
            assertThat(stream.body()).hasToString("{\"accepted\":50,\"duplicates\":0,\"rejected\":[]}");
        }
        await().until(() -> waiting() == 0);
    }

    @Test
    void an_erased_profile_takes_its_waiting_events_along() {
        fill();
        assertThat(api.delete("/profiles/stranger").statusCode()).isEqualTo(204);
        assertThat(waiting()).isEqualTo(2);
        assertThat(api.delete("/profiles/two").statusCode()).isEqualTo(204);
        assertThat(waiting()).isOne();
        assertThat(api.post("/events", event("more")).statusCode()).isEqualTo(202);
    }

    /** With events that are put off for an hour, each of a profile of its own. */
    private void fill() {
        database.jdbi().useHandle(handle -> {
            for (String id : new String[] {"one", "two"}) {
                handle.execute("""
                        INSERT INTO onward.journey_event
                            (sandbox, event_id, name, profile_id, payload, profile, bytes, received_at, not_before)
                        VALUES (?, ?, 'Order', ?, '{}', '{}', 4, now(), now() + interval '1 hour')""", api.sandbox(), id, id);
            }
        });
        room.count(store::depths);
        assertThat(api.post("/events", event("probe")).statusCode()).isEqualTo(429);
    }

    private int waiting() {
        return database.jdbi()
                .withHandle(handle -> handle.select(
                                "SELECT count(*) FROM onward.journey_event WHERE sandbox = ?", api.sandbox())
                        .mapTo(Integer.class)
                        .one());
    }

    private static String event(String id) {
        return "{\"eventId\":\"" + id + "\",\"name\":\"Order\"}";
    }
}
