package dev.onward.journey;

import static dev.onward.testsupport.Problems.assertProblem;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.JourneyApi;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Received;
import dev.onward.testsupport.StubProvider.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events and audiences with data that nobody expects: they harm nothing but themselves. */
@QuarkusTest
class ArrivalFaultsHttpTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String JOURNEY = """
            { "name": "Odd", "entry": { "event": "Odd", "profileId": "@event{Odd.who}" },
              "steps": [ { "id": "tell", "action": "Sms", "arguments": { "text": "@event{Odd.text}" } } ] }""";

    private final Api api = Api.fresh();
    private final Api lines = api.with("Content-Type", "application/x-ndjson");
    private final StubProvider provider = StubProvider.start();
    private JourneyApi journeys;

    @BeforeEach
    void begin() {
        journeys = JourneyApi.withSms(api, provider);
        journeys.publish(JOURNEY);
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"\"",
                "{}",
                "[]",
                "true",
                "\"LONG\"",
                "1e400",
                "-0",
                "0.10000000000000000000000000000000000000001",
                "\"a\\u0000b\"",
                "\"\\ud83d\\ude00\"",
                "\"\\\\\"",
                "\"\\ud800\""
            })
    void a_strange_profile_id_holds_up_nobody(String who) {
        String strange = who.replace(
                "LONG",
                new SplittableRandom(7)
                        .ints(10_000, 'a', 'z' + 1)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
        Response answer = api.post("/events", event("e-1", strange, "\"x\""));
        assertThat(answer.statusCode()).as(answer.asString()).isIn(202, 400);
        journeys.send(event("e-2", "\"p-2\"", "\"after\""));
        assertThat(journeys.ended("p-2").get("ending").textValue()).isEqualTo("completed");
        JsonNode all = Api.json(api.get("/instances?journey=Odd")).get("items");
        assertThat(all.size()).isBetween(1, 2);
        await().atMost(SOON).until(() -> items("/step-events?journey=Odd").size() == all.size());
        all.forEach(instance -> assertThat(
                        api.get("/instances/" + instance.get("instanceId").textValue())
                                .statusCode())
                .isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "1e400",
                "[[[[[[]]]]]]",
                "\"a\\u0000b\"",
                "\"\\ud800\"",
                "{\"a\\u0000\":\"\\u0000\"}",
                "\"\\\\u0000\"",
                "MANY",
                "DIGITSe1",
                "DEEP"
            })
    void strange_data_holds_up_nobody(String text) {
        String strange = text.replace("MANY", "[" + "1,".repeat(400_000) + "1]")
                .replace("DIGITS", "9".repeat(995))
                .replace("DEEP", "[".repeat(62) + "]".repeat(62));
        Response answer = api.post("/events", event("e-1", "\"p-1\"", strange));
        assertThat(answer.statusCode()).as("status").isIn(202, 400);
        journeys.send(event("e-2", "\"p-2\"", "\"after\""));
        assertThat(journeys.ended("p-2").get("ending").textValue()).isEqualTo("completed");
        if (answer.statusCode() == 202) {
            assertThat(journeys.ended("p-1").get("ending").textValue()).isIn("completed", "failed");
        }
        assertThat(provider.requests()).extracting(Received::body).contains("{\"text\":\"after\"}");
    }

    @Test
    void an_answer_as_deep_as_may_be_holds_up_nobody() {
        String deep = "[".repeat(63) + "]".repeat(63);
        provider.usually(Reply.json(202, "{\"detail\":" + deep + "}"));
        assertThat(api.post("/actions", """
                        { "name": "Deep", "endpoint": { "url": "%s", "method": "POST" },
                          "parameters": { "any": { "type": "any" } }, "request": { "payload": { "any": "${any}" } },
                          "response": { "payload": { "detail": null } } }""".formatted(provider.url("/v1"))).statusCode())
                .isEqualTo(201);
        journeys.publish("""
                { "name": "Deep", "entry": { "event": "Deep" },
                  "steps": [ { "id": "a", "action": "Deep", "arguments": { "any": 1 } }, { "id": "pause", "wait": "PT1S" },
                             { "id": "b", "action": "Deep", "arguments": { "any": 2 } },
                             { "id": "c", "action": "Deep", "arguments": { "any": "@action{a.detail}" } } ] }""");
        journeys.send("{\"eventId\":\"d-1\",\"name\":\"Deep\",\"profileId\":\"p-1\"}");
        assertThat(journeys.ended("p-1").get("ending").textValue()).isIn("completed", "failed");
        journeys.send(event("e-2", "\"p-2\"", "\"after\""));
        assertThat(journeys.ended("p-2").get("ending").textValue()).isEqualTo("completed");
        assertThat(items("/step-events?profile=p-1").findValuesAsText("stepID")).contains("a", "pause", "b", "c");
    }

    @Test
    void a_collection_of_many_elements_makes_one_call_or_a_fault() {
        assertThat(api.post("/actions", """
                        { "name": "List", "endpoint": { "url": "%s", "method": "POST" },
                          "parameters": { "items": { "type": "listObject", "fields": { "id": { "type": "integer" } } } },
                          "request": { "payload": { "items": "${items}" } } }""".formatted(provider.url("/v1"))).asString())
                .doesNotContain("errors");
        journeys.publish("""
                { "name": "Many", "entry": { "event": "Many" },
                  "steps": [ { "id": "tell", "action": "List",
                               "arguments": { "items": { "collection": "@event{Many.items}", "fields": { "id": "n" } } } } ] }""");
        String items = "[" + "{\"n\":1},".repeat(100_000) + "{\"n\":2}]";
        journeys.send(
                "{\"eventId\":\"m-1\",\"name\":\"Many\",\"profileId\":\"p-1\",\"payload\":{\"items\":" + items + "}}");
        assertThat(journeys.ended("p-1").get("ending").textValue()).isIn("completed", "failed");
        journeys.send(
                "{\"eventId\":\"m-2\",\"name\":\"Many\",\"profileId\":\"p-2\",\"payload\":{\"items\":[{\"n\":1}]}}");
        assertThat(journeys.ended("p-2").get("ending").textValue()).isEqualTo("completed");
    }

    @Test
    void an_event_without_a_live_journey_is_taken_and_forgotten() {
        journeys.send("{\"eventId\":\"n-1\",\"name\":\"Nobody\",\"profileId\":\"p-1\"}");
        journeys.send(event("e-2", "\"p-2\"", "\"after\""));
        journeys.ended("p-2");
        assertThat(Api.json(api.get("/instances?profile=p-1")).get("items")).isEmpty();
    }

    @Test
    void lines_end_as_their_sender_likes() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(bytes(event("e-1", "\"p-1\"", "\"1\"") + "\r\n\r\n\n  \n"));
        body.writeBytes(bytes("{\"eventId\":\"bad\",\"name\":\"Odd\",\"profileId\":\""));
        body.writeBytes(new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF});
        body.writeBytes(bytes("\"}\n{\"eventId\":\"e-1\",\"eventId\":\"e-1\"}\n"));
        body.writeBytes(bytes(event("e-1", "\"p-1\"", "\"again\"") + "\n" + event("e-2", "\"p-2\"", "\"2\"")));
        JsonNode told = Api.json(lines.post("/events", body.toByteArray()));
        assertThat(told.get("accepted").intValue()).isEqualTo(2);
        assertThat(told.get("duplicates").intValue()).isEqualTo(1);
        assertThat(told.get("rejected").findValuesAsText("line")).containsExactly("5", "6");
        assertThat(Api.json(api.post("/events", event("e-2", "\"p-3\"", "\"x\"")))
                        .get("duplicates")
                        .intValue())
                .isEqualTo(1);
        journeys.ended("p-1");
        journeys.ended("p-2");
        assertThat(provider.requests())
                .extracting(Received::body)
                .containsExactlyInAnyOrder("{\"text\":\"1\"}", "{\"text\":\"2\"}");
    }

    @Test
    void an_audience_with_strange_profiles_lets_the_others_in() {
        String text = "\"payload\":{\"text\":\"x\"}}";
        String body = String.join(
                "\n",
                "{\"profileId\":\"p-1\"," + text,
                "{\"profileId\":\"\"," + text,
                "{\"profileId\":7," + text,
                "{\"profileId\":null," + text,
                "{\"profileId\":\"" + "x".repeat(10_000) + "\"," + text,
                "{\"profileId\":\"a\\u0000b\",\"profile\":{\"\\u0000\":\"\\u0000\"}," + text,
                "{\"profileId\":\"p-1\",\"profileId\":\"p-1\"," + text,
                "{\"profileId\":\"big\",\"payload\":{\"text\":1e400}}",
                "{\"profileId\":\"deep\",\"payload\":{\"text\":" + "[".repeat(62) + "]".repeat(62) + "}}",
                "",
                "{\"profileId\":\"p-2\"," + text + "\r");
        JsonNode told = Api.json(lines.post("/journeys/Odd/audience", body));
        assertThat(told.get("accepted").intValue()).isEqualTo(5);
        assertThat(told.get("rejected").findValuesAsText("line")).containsExactly("2", "3", "4", "5", "7");
        for (String profile : List.of("p-1", "p-2", "big", "deep", "a%00b")) {
            assertThat(journeys.ended(profile).get("ending").textValue()).isIn("completed", "failed");
        }
        JsonNode run = Api.json(api.get("/runs/" + told.get("runId").textValue()));
        assertThat(run.get("read").intValue()).isEqualTo(5);
        assertThat(run.get("begun").intValue()).isEqualTo(5);
        assertThat(api.delete("/profiles/a%00b").statusCode()).isEqualTo(204);
    }

    @Test
    void a_journey_with_profiles_inside_is_removed_only_when_they_have_left() {
        journeys.publish("""
                { "name": "Slow", "entry": { "event": "Slow" },
                  "steps": [ { "id": "pause", "wait": "P1D" },
                             { "id": "tell", "action": "Sms", "arguments": { "text": "'late'" } } ] }""");
        for (int i = 0; i < 20; i++) {
            journeys.send("{\"eventId\":\"s-" + i + "\",\"name\":\"Slow\",\"profileId\":\"p-" + i + "\"}");
        }
        await().atMost(SOON).until(() -> items("/instances?journey=Slow").size() == 20);
        assertProblem(api.delete("/journeys/Slow"), 409, "journey-in-use");
        assertThat(api.send(Method.POST, "/journeys/Slow/stop").statusCode()).isEqualTo(200);
        // Refused while they leave: their waits must not be cut short by the journey being live again.
        api.send(Method.POST, "/journeys/Slow/publish");
        assertThat(api.send(Method.POST, "/journeys/Slow/stop").statusCode()).isEqualTo(200);
        await().atMost(SOON).until(() -> api.delete("/journeys/Slow").statusCode() == 204);
        assertThat(items("/instances?journey=Slow").findValuesAsText("ending"))
                .hasSize(20)
                .containsOnly("stopped");
        assertThat(items("/step-events?journey=Slow")).hasSize(20);
        assertThat(provider.requests()).isEmpty();
        journeys.publish("""
                { "name": "Slow", "entry": { "event": "Slow" },
                  "steps": [ { "id": "tell", "action": "Sms", "arguments": { "text": "'new'" } } ] }""");
        journeys.send("{\"eventId\":\"s-new\",\"name\":\"Slow\",\"profileId\":\"p-1\"}");
        await().atMost(SOON)
                .until(() -> items("/instances?journey=Slow")
                        .findValuesAsText("ending")
                        .contains("completed"));
    }

    private JsonNode items(String path) {
        return Api.json(api.get(path)).get("items");
    }

    private static String event(String id, String who, String text) {
        return "{\"eventId\":\"" + id + "\",\"name\":\"Odd\",\"payload\":{\"who\":" + who + ",\"text\":" + text + "}}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
