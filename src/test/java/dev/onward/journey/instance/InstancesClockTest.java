package dev.onward.journey.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.action.ActionCatalogue;
import dev.onward.database.Database;
import dev.onward.dispatch.StepCalls;
import dev.onward.journey.instance.Instances.Admission;
import dev.onward.journey.instance.Instances.Arrival;
import dev.onward.journey.instance.Instances.Arrival.From;
import dev.onward.journey.instance.Instances.Begun;
import dev.onward.journey.mapping.RouteCatalogue;
import dev.onward.journey.mapping.RouteCatalogue.Known;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.Api;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** What depends on the time that passes, by a clock that is set. */
@QuarkusTest
class InstancesClockTest {

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final int ALL = 5_000;

    @Inject
    Database database;

    @Inject
    RouteCatalogue routes;

    @Inject
    ActionCatalogue actions;

    @Inject
    StepCalls calls;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Api api = Api.fresh();

    @Test
    void a_profile_comes_in_again_after_five_minutes_to_the_millisecond() throws SQLException {
        Known known = published("{ \"id\": \"stop\", \"end\": true }", "");
        assertThat(arrive(known, now)).isEqualTo(Admission.BEGUN);
        assertThat(arrive(known, now)).isEqualTo(Admission.TOO_SOON);
        assertThat(arrive(known, now.plus(FIVE_MINUTES).minusMillis(1))).isEqualTo(Admission.TOO_SOON);
        assertThat(arrive(known, now.plus(FIVE_MINUTES))).isEqualTo(Admission.BEGUN);
        assertThat(arrive(known, now.plus(FIVE_MINUTES).plusSeconds(1))).isEqualTo(Admission.TOO_SOON);
    }

    @Test
    void five_minutes_stay_five_minutes_when_the_first_time_is_forgotten() throws SQLException {
        Known known = published("{ \"id\": \"stop\", \"end\": true }", "");
        arrive(known, now);
        database.jdbi().useTransaction(handle -> at(now).forget(handle, now.plusMillis(1), ALL));
        assertThat(Api.json(api.get("/instances?profile=p-1")).get("items")).isEmpty();
        assertThat(arrive(known, now.plus(FIVE_MINUTES).minusMillis(1))).isEqualTo(Admission.TOO_SOON);
        assertThat(arrive(known, now.plus(FIVE_MINUTES))).isEqualTo(Admission.BEGUN);
    }

    @Test
    void a_journey_has_a_time_of_its_own_until_a_profile_may_come_again() throws SQLException {
        Known hourly = published(
                "{ \"id\": \"stop\", \"end\": true }", ", \"reentry\": { \"allowed\": true, \"after\": \"PT1H\" }");
        arrive(hourly, now);
        assertThat(arrive(hourly, now.plusSeconds(3_599))).isEqualTo(Admission.TOO_SOON);
        assertThat(arrive(hourly, now.plusSeconds(3_600))).isEqualTo(Admission.BEGUN);
    }

    @Test
    void a_profile_leaves_after_91_days_in_the_middle_of_a_wait() throws SQLException {
        Known known = published("{ \"id\": \"one\", \"wait\": \"P90D\" }, { \"id\": \"two\", \"wait\": \"P90D\" }", "");
        arrive(known, now);
        assertThatThrownBy(() -> database.jdbi().useTransaction(handle -> {
                    handle.execute(
                            "UPDATE onward.journey_instance SET due_at = NULL WHERE sandbox <> ?", api.sandbox());
                    at(now.plus(Duration.ofDays(90))).resume(handle, ALL);
                    assertThat(stateOf(handle)).isEqualTo("waiting two");
                    at(now.plus(Walk.LONGEST).minusMillis(1)).resume(handle, ALL);
                    assertThat(stateOf(handle)).isEqualTo("waiting two");
                    at(now.plus(Walk.LONGEST)).resume(handle, ALL);
                    assertThat(stateOf(handle)).isEqualTo("timedOut two");
                    throw new IllegalStateException("so that instances of others stay where they are");
                }))
                .hasMessage("so that instances of others stay where they are");
    }

    private Known published(String steps, String reentry) {
        String journey = "{ \"name\": \"Timed\", \"entry\": { \"event\": \"Timed\"" + reentry + " }, \"steps\": ["
                + steps + "] }";
        assertThat(api.post("/journeys", journey).statusCode()).isEqualTo(201);
        assertThat(api.send(Method.POST, "/journeys/Timed/publish").statusCode())
                .isEqualTo(200);
        return routes.begunBy(new Sandbox(api.sandbox()), "Timed").get(0);
    }

    private Admission arrive(Known known, Instant when) throws SQLException {
        var nothing = JsonNodeFactory.instance.objectNode();
        Arrival arrival = new Arrival(known, "p-1", nothing, nothing, From.event("e-1"));
        Begun begun = database.jdbi().inTransaction(handle -> at(when).begin(handle, List.of(arrival)));
        return begun.admissions().get(0);
    }

    private Instances at(Instant when) {
        return new Instances(routes, actions, calls, Clock.fixed(when, ZoneOffset.UTC));
    }

    private String stateOf(Handle handle) {
        return handle.select(
                        "SELECT coalesce(ending, state) || ' ' || step FROM onward.journey_instance WHERE sandbox = ?",
                        api.sandbox())
                .mapTo(String.class)
                .one();
    }
}
