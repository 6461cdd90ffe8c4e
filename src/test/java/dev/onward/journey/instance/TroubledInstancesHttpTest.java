package dev.onward.journey.instance;

import static dev.onward.testsupport.Problems.assertProblem;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.database.Database;
import dev.onward.journey.mapping.RouteCatalogue;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.JourneyApi;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances on whose way something changes, breaks or is forgotten. */
@QuarkusTest
class TroubledInstancesHttpTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** A wait, and a call behind it. */
    private static final String WAITING = """
            { "name": "Waiting", "entry": { "event": "Order", "reentry": { "allowed": %s } },
              "steps": [ { "id": "pause", "wait": "PT%s" },
                         { "id": "a", "action": "Sms", "arguments": { "text": "@event{Order.id}" } } ] }""";

    @Inject
    Database database;

    @Inject
    Instances instances;

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
    void one_that_cannot_be_read_holds_up_no_other() {
        journeys.publish(WAITING.formatted(true, "1H"));
        send("e-1", "broken");
        send("e-2", "sound");
        awaitInside("broken");
        awaitInside("sound");
        update("SET data = 'no JSON', due_at = now() - interval '1 minute'", "broken");
        update("SET due_at = now()", "sound");

        assertThat(journeys.ended("sound").get("ending").textValue()).isEqualTo("completed");
        assertThat(provider.requests()).hasSize(1);
        assertThat(stateOf("broken")).isEqualTo("waiting");
    }

    @Test
    void an_answer_as_deep_as_any_may_be_is_kept_and_read_again() {
        String deep = "[".repeat(62) + "]".repeat(62);
        provider.usually(Reply.json(202, "{\"id\":\"m-1\",\"any\":" + deep + "}"));
        assertThat(api.post(
                                "/actions",
                                Definitions.merged(
                                        Definitions.message("Deep", provider.url("/v1")),
                                        Definitions.parse("{\"response\":{\"payload\":{\"any\":null}}}")))
                        .statusCode())
                .isEqualTo(201);
        journeys.publish("""
                { "name": "Deep", "entry": { "event": "Order" },
                  "steps": [ { "id": "a", "action": "Deep", "arguments": { "text": "'x'" } },
                             { "id": "b", "action": "Sms", "arguments": { "text": "@action{a.id}" } },
                             { "id": "pause", "wait": "PT1S" },
                             { "id": "c", "action": "Sms", "arguments": { "text": "@action{b.id}" } } ] }""");
        send("e-1", "p-1");
        assertThat(journeys.ended("p-1").get("ending").textValue()).isEqualTo("completed");
        assertThat(provider.requests()).hasSize(3);
    }

    @Test
    void one_that_grows_beyond_a_mebibyte_ends_and_keeps_nothing_of_it() {
        provider.usually(Reply.json(202, "{\"id\":\"" + "x".repeat(600_000) + "\"}"));
        journeys.publish("""
                { "name": "Large", "entry": { "event": "Order" },
                  "steps": [ { "id": "a", "action": "Sms", "arguments": { "text": "'a'" } },
                             { "id": "b", "action": "Sms", "arguments": { "text": "'b'" } },
                             { "id": "c", "action": "Sms", "arguments": { "text": "'c'" } } ] }""");
        send("e-1", "p-1");
        JsonNode instance = journeys.ended("p-1");
        assertThat(instance.get("ending").textValue()).isEqualTo("failed");
        assertThat(instance.get("steps").findValuesAsText("stepID")).containsExactly("a", "b", "c");
        assertThat(instance.at("/steps/2/errorCode").textValue()).isEqualTo("instance-too-large");
        assertThat(instance.get("actions").isEmpty()).isTrue();
        assertThat(provider.requests())
                .extracting(StubProvider.Received::body)
                .containsExactly("{\"text\":\"a\"}", "{\"text\":\"b\"}");
        assertThat(Api.json(api.get("/logs?journey=Large")).get("items")).hasSize(2);
    }

    @Test
    void one_whose_version_does_not_fit_its_actions_any_more_ends() {
        journeys.publish(WAITING.formatted(true, "1H"));
        send("e-1", "p-1");
        awaitInside("p-1");
        database.jdbi().useHandle(handle -> handle.execute("""
                        UPDATE onward.journey_version v SET document = replace(v.document, '"Sms"', '"Gone"')
                        FROM onward.journey j WHERE j.id = v.journey_id AND j.sandbox = ?""", api.sandbox()));
        routes.forget();
        update("SET due_at = now()", "p-1");
        JsonNode instance = journeys.ended("p-1");
        assertThat(instance.get("ending").textValue()).isEqualTo("failed");
        assertThat(instance.get("steps").findValuesAsText("stepID")).containsExactly("pause");
        assertThat(instance.at("/steps/0/stepStatus").textValue()).isEqualTo("error");
        assertThat(instance.at("/steps/0/errorCode").textValue()).isEqualTo("version-unfit");
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void a_live_journey_stays_live_when_the_sample_of_its_event_changes() {
        declare("{ \"id\": \"A-7\" }", Method.POST, "/events/definitions");
        journeys.publish(WAITING.formatted(true, "1S"));
        declare("{ \"other\": 1 }", Method.PUT, "/events/definitions/Order");
        send("e-1", "p-1");
        assertThat(journeys.ended("p-1").get("ending").textValue()).isEqualTo("completed");
        assertThat(provider.requests()).extracting(StubProvider.Received::body).containsExactly("{\"text\":\"A-7\"}");
    }

    @Test
    void an_action_stays_while_an_older_version_with_profiles_inside_uses_it() {
        journeys.publish(WAITING.formatted(true, "1H"));
        send("e-1", "p-1");
        awaitInside("p-1");
        String next =
                "{ \"name\": \"Waiting\", \"entry\": { \"event\": \"Order\" }, \"steps\": [ { \"id\": \"pause\", \"wait\": \"P1D\" } ] }";
        assertThat(api.put("/journeys/Waiting", next).statusCode()).isEqualTo(200);
        assertThat(api.send(Method.POST, "/journeys/Waiting/publish").statusCode())
                .isEqualTo(200);
        assertProblem(api.delete("/actions/Sms"), 409, "action-in-use");
        assertThat(api.send(Method.POST, "/journeys/Waiting/stop").statusCode()).isEqualTo(200);
        journeys.ended("p-1");
        assertThat(api.delete("/actions/Sms").statusCode()).isEqualTo(204);
    }

    @Test
    void a_process_that_has_not_heard_of_a_stop_makes_no_call() {
        journeys.publish(WAITING.formatted(true, "1H"));
        send("e-1", "p-1");
        awaitInside("p-1");
        database.jdbi().useTransaction(handle -> {
            handle.execute("UPDATE onward.journey SET state = 'stopped' WHERE sandbox = ?", api.sandbox());
            handle.execute(
                    "UPDATE onward.journey_instance SET due_at = now() - interval '1 s' WHERE sandbox = ?",
                    api.sandbox());
        });
        assertThat(journeys.ended("p-1").get("ending").textValue()).isEqualTo("stopped");
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void a_stop_takes_calls_back_that_wait() {
        journeys.publish(WAITING.formatted(true, "1S").replace("{ \"id\": \"pause\", \"wait\": \"PT1S\" },", ""));
        assertThat(api.send(Method.POST, "/actions/Sms/pause").statusCode()).isBetween(200, 204);
        send("e-1", "p-1");
        awaitInside("p-1");
        assertThat(journeys.instances("p-1").get(0).get("state").textValue()).isEqualTo("calling");
        assertThat(api.send(Method.POST, "/journeys/Waiting/stop").statusCode()).isEqualTo(200);
        assertThat(journeys.ended("p-1").get("ending").textValue()).isEqualTo("stopped");
        assertThat(Api.json(api.get("/logs?journey=Waiting"))
                        .at("/items/0/outcome")
                        .textValue())
                .isEqualTo("cancelled");
        assertThat(api.send(Method.POST, "/actions/Sms/resume").statusCode()).isBetween(200, 204);
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void who_may_never_come_again_may_not_when_the_first_time_is_forgotten() {
        journeys.publish(WAITING.formatted(false, "1S"));
        send("e-1", "p-1");
        journeys.ended("p-1");
        database.jdbi()
                .useTransaction(handle -> instances.forget(handle, Instant.now().plusSeconds(60), 5_000));
        assertThat(journeys.instances("p-1")).isEmpty();

        send("e-2", "p-1");
        send("e-3", "p-2");
        journeys.ended("p-2");
        assertThat(journeys.instances("p-1")).isEmpty();
        assertThat(provider.requests()).hasSize(2);

        assertThat(api.delete("/profiles/p-1").statusCode()).isEqualTo(204);
        send("e-4", "p-1");
        journeys.ended("p-1");
    }

    @Test
    void an_old_run_tells_how_its_profiles_ended_when_their_ways_are_forgotten() {
        provider.next(Reply.json(404, "{}"));
        journeys.publish(WAITING.formatted(true, "1S"));
        String run = Api.json(api.with("Content-Type", "application/x-ndjson").post("/journeys/Waiting/audience", """
                                {"profileId":"p-1","payload":{"id":"1"}}
                                {"profileId":"p-2","payload":{"id":"2"}}
                                {"profileId":"p-3","payload":{"id":"3"}}"""))
                .get("runId")
                .textValue();
        journeys.ended("p-1");
        journeys.ended("p-2");
        journeys.ended("p-3");
        await().atMost(SOON).until(() -> run(run).get("state").textValue().equals("ended"));
        JsonNode before = run(run);
        assertThat(before.get("instances").toString()).isEqualTo("{\"completed\":2,\"failed\":1}");

        assertTagged("/runs/" + run);

        update("SET ended_at = ended_at - interval '1 hour'", "p-1");
        database.jdbi()
                .useTransaction(handle -> instances.forget(handle, Instant.now().minusSeconds(1_800), 5_000));
        assertThat(journeys.instances("p-1")).isEmpty();
        assertThat(journeys.instances("p-2")).hasSize(1);
        assertThat(run(run)).isEqualTo(before);
        database.jdbi()
                .useTransaction(handle -> instances.forget(handle, Instant.now().plusSeconds(60), 5_000));
        assertThat(journeys.instances("p-2")).isEmpty();
        assertThat(run(run)).isEqualTo(before);
    }

    @Test
    void an_instance_has_another_tag_when_it_has_moved_on() {
        journeys.publish(WAITING.formatted(true, "1H"));
        send("e-1", "p-1");
        awaitInside("p-1");
        String path = "/instances/"
                + journeys.instances("p-1").get(0).get("instanceId").textValue();
        String waiting = assertTagged(path);
        update("SET due_at = now()", "p-1");
        journeys.ended("p-1");
        assertThat(api.with("If-None-Match", waiting).get(path).statusCode()).isEqualTo(200);
        assertThat(assertTagged(path)).isNotEqualTo(waiting);
    }

    private String assertTagged(String path) {
        String tag = api.get(path).header("ETag");
        assertThat(tag).startsWith("\"");
        Response unchanged = api.with("If-None-Match", tag).get(path);
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.asString()).isEmpty();
        return tag;
    }

    private JsonNode run(String id) {
        return Api.json(api.get("/runs/" + id));
    }

    private void declare(String sample, Method method, String path) {
        String definition = "{\"name\":\"Order\",\"sample\":" + sample + "}";
        int status = method == Method.POST
                ? api.post(path, definition).statusCode()
                : api.put(path, definition).statusCode();
        assertThat(status).isBetween(200, 201);
    }

    private void send(String eventId, String profile) {
        String event = "{\"eventId\":\"%s\",\"name\":\"Order\",\"profileId\":\"%s\",\"payload\":{\"id\":\"A-7\"}}";
        journeys.send(event.formatted(eventId, profile));
    }

    private void update(String set, String profile) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE onward.journey_instance " + set + " WHERE sandbox = ? AND profile_id = ?",
                        api.sandbox(),
                        profile));
    }

    private String stateOf(String profile) {
        return database.jdbi()
                .withHandle(handle -> handle.select(
                                "SELECT state FROM onward.journey_instance WHERE sandbox = ? AND profile_id = ?",
                                api.sandbox(),
                                profile)
                        .mapTo(String.class)
                        .one());
    }

    private void awaitInside(String profile) {
        await().atMost(SOON).until(() -> journeys.instances(profile).size() == 1);
    }
}
