package dev.onward.journey.entry;

import static dev.onward.testsupport.Problems.assertProblem;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.database.Database;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.BatchConnection;
import dev.onward.testsupport.JourneyApi;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Received;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Method;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AudienceHttpTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String JOURNEY = """
            { "name": "News", "entry": { "event": "News", "condition": "@event{News.skip} is null" },
              "steps": [ { "id": "send", "action": "Sms",
                           "arguments": { "text": "profileId + ' ' + #{ExperiencePlatform.Any.profile.name}" } } ] }""";

    @Inject
    Database database;

    private final Api api = Api.fresh();
    private final Api lines = api.with("Content-Type", "application/x-ndjson");
    private final StubProvider provider = StubProvider.start();

    @BeforeEach
    void publish() {
        JourneyApi.withSms(api, provider).publish(JOURNEY);
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void every_profile_comes_in_once_and_the_run_tells_what_became_of_them() {
        String body = profiles(300) + "\n{\"profileId\":\"p-0\"}\nno json\n{\"profile\":{}}\n"
                + "{\"profileId\":\"p-x\",\"payload\":{\"skip\":true}}";
        Response answer = lines.post("/journeys/News/audience", body);
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode told = Api.json(answer);
        assertThat(told.get("accepted").intValue()).isEqualTo(302);
        assertThat(told.get("rejected").findValuesAsText("type"))
                .containsExactly("/problems/json-malformed", "/problems/validation-failed");
        assertThat(run(told.get("runId").textValue()).get("upload").textValue()).isEqualTo("complete");
        assertThat(told.get("state").textValue()).isEqualTo("running");
        JsonNode run = ended(told.get("runId").textValue());
        assertThat(run.get("loaded").booleanValue()).isTrue();
        assertThat(run.get("read").intValue()).isEqualTo(302);
        assertThat(run.get("begun").intValue()).isEqualTo(300);
        assertThat(run.get("notAdmitted").intValue()).isEqualTo(1);
        assertThat(run.get("alreadyInJourney").intValue()
                        + run.get("reenteredTooSoon").intValue())
                .isEqualTo(1);
        await().atMost(SOON)
                .until(() -> run(told.get("runId").textValue())
                                .at("/instances/completed")
                                .intValue()
                        == 300);
        assertThat(provider.requests().stream().map(Received::body).distinct()).hasSize(300);
        assertThat(provider.requests()).hasSize(300);
        assertThat(Api.json(api.get("/runs?journey=News")).get("items")).hasSize(1);
    }

    @Test
    void the_list_of_runs_tells_of_each_what_it_tells_itself() {
        String first = begun(profiles(3));
        await().atMost(SOON).until(() -> run(first).at("/instances/completed").intValue() == 3);
        String second = begun("{\"profileId\":\"p-9\"}");
        await().atMost(SOON).until(() -> run(second).at("/instances/completed").intValue() == 1);
        ended(first);
        ended(second);
        assertThat(runs()).containsExactly(run(second), run(first));
    }

    private String begun(String body) {
        return Api.json(lines.post("/journeys/News/audience", body))
                .get("runId")
                .textValue();
    }

    @Test
    void who_comes_in_may_depend_on_what_the_journey_is() {
        String condition = "sandboxName == '" + api.sandbox() + "' and journeyVersionName == 'Own'"
                + " and journeyVersion == '1' and journeyVersionUID == journeyUID + '-1'"
                + " and journeyVersionDescription == 'of its own' and instanceUID is null";
        JourneyApi journeys = new JourneyApi(api);
        journeys.publish("""
                { "name": "Own", "description": "of its own",
                  "entry": { "event": "Own", "condition": "%s", "profileId": "journeyVersionName + @event{Own.id}" },
                  "steps": [ { "end": true } ] }""".formatted(condition));
        String run = Api.json(lines.post("/journeys/Own/audience", "{\"profileId\":\"p-1\"}"))
                .get("runId")
                .textValue();
        assertThat(ended(run).get("begun").intValue()).isOne();
        journeys.send("{ \"eventId\": \"e-1\", \"name\": \"Own\", \"payload\": { \"id\": \"7\" } }");
        assertThat(journeys.ended("Own7").get("ending").textValue()).isEqualTo("completed");
    }

    @Test
    void a_run_is_paused_resumed_and_cancelled() {
        String id = Api.json(lines.post("/journeys/News/audience?profilesPerSecond=10", profiles(1_000)))
                .get("runId")
                .textValue();
        assertThat(api.send(Method.POST, "/runs/" + id + "/pause").statusCode()).isEqualTo(200);
        int read = run(id).get("read").intValue();
        assertThat(read).isLessThan(500);
        assertThat(run(id).get("state").textValue()).isEqualTo("paused");
        assertThat(api.send(Method.POST, "/runs/" + id + "/resume").statusCode())
                .isEqualTo(200);
        await().atMost(SOON).until(() -> run(id).get("read").intValue() > read);
        assertThat(api.send(Method.POST, "/runs/" + id + "/cancel").statusCode())
                .isEqualTo(200);
        assertProblem(api.send(Method.POST, "/runs/" + id + "/resume"), 409, "conflict");
    }

    @Test
    void an_upload_that_breaks_off_is_paused_until_somebody_says_what_is_to_become_of_it() throws IOException {
        try (BatchConnection upload = upload()) {
            upload.line("{\"profileId\":\"p-1\"}");
            await().atMost(SOON).until(() -> runs().findValuesAsText("accepted").equals(List.of("1")));
        }
        await().atMost(SOON).until(() -> runs().findValuesAsText("state").equals(List.of("paused")));
        String id = runs().get(0).get("runId").textValue();
        assertBrokenOff(run(id));
        assertThat(api.send(Method.POST, "/runs/" + id + "/resume").statusCode())
                .isEqualTo(200);
        assertThat(ended(id).get("read").intValue()).isOne();
        assertBrokenOff(run(id));
    }

    @Test
    void a_run_is_paused_when_nothing_comes_any_more_as_from_a_process_that_has_died() throws IOException {
        try (BatchConnection upload = upload()) {
            upload.line("{\"profileId\":\"p-1\"}");
            await().atMost(SOON).until(() -> runs().findValuesAsText("accepted").equals(List.of("1")));
            String id = runs().get(0).get("runId").textValue();
            assertThat(run(id).get("upload").textValue()).isEqualTo("underWay");
            assertThat(run(id).get("loaded").booleanValue()).isFalse();
            // As if nothing had come since.
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "UPDATE onward.audience_run SET stored_at = now() - interval '11 minutes' WHERE sandbox = ?",
                            api.sandbox()));
            await().atMost(SOON).until(() -> runs().findValuesAsText("state").equals(List.of("paused")));
            assertBrokenOff(run(id));
            upload.line("{\"profileId\":\"p-2\"}").end();
            assertThat(upload.body().get("state").textValue()).isEqualTo("paused");
            assertThat(run(id).get("upload").textValue()).isEqualTo("complete");
        }
    }

    private static void assertBrokenOff(JsonNode run) {
        assertThat(run.get("upload").textValue()).isEqualTo("brokenOff");
        assertThat(run.get("loaded").booleanValue()).isFalse();
    }

    @Test
    void a_run_that_was_cancelled_takes_no_more_profiles() throws IOException {
        try (BatchConnection upload = upload()) {
            upload.line("{\"profileId\":\"p-1\"}");
            await().atMost(SOON).until(() -> runs().findValuesAsText("accepted").equals(List.of("1")));
            String id = runs().get(0).get("runId").textValue();
            assertThat(api.send(Method.POST, "/runs/" + id + "/cancel").statusCode())
                    .isEqualTo(200);
            upload.line("{\"profileId\":\"p-2\"}");
            upload.end();
            assertThat(upload.body().toString())
                    .contains("\"accepted\":1")
                    .contains("\"line\":2")
                    .contains("cancelled");
        }
    }

    private BatchConnection upload() throws IOException {
        return BatchConnection.open(
                RestAssured.port,
                "/api/v1/journeys/News/audience",
                "Authorization: Bearer " + Api.ADMIN_KEY + "\r\nx-sandbox-name: " + api.sandbox()
                        + "\r\nContent-Type: application/x-ndjson\r\n");
    }

    private JsonNode runs() {
        return Api.json(api.get("/runs?journey=News")).get("items");
    }

    @Test
    void who_cannot_send_an_audience_is_told_why() {
        assertProblem(lines.post("/journeys/Nobody/audience", profiles(1)), 404, "not-found");
        assertProblem(lines.post("/journeys/News/audience?profilesPerSecond=0", profiles(1)), 422, "validation-failed");
        assertProblem(api.post("/journeys/News/audience", profiles(1)), 415, "unsupported-media-type");
        assertProblem(
                lines.as(api.newKey("viewer", api.sandbox())).post("/journeys/News/audience", profiles(1)),
                403,
                "forbidden");
        assertThat(api.send(Method.POST, "/journeys/News/stop").statusCode()).isEqualTo(200);
        assertProblem(lines.post("/journeys/News/audience", profiles(1)), 409, "conflict");
        assertProblem(api.get("/runs/1"), 404, "not-found");
    }

    private static String profiles(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"profileId\":\"p-" + i + "\",\"profile\":{\"name\":\"n" + i + "\"}}")
                .collect(Collectors.joining("\n"));
    }

    private JsonNode run(String id) {
        return Api.json(api.get("/runs/" + id));
    }

    private JsonNode ended(String id) {
        await().atMost(SOON).until(() -> run(id).get("state").textValue().equals("ended"));
        return run(id);
    }
}
