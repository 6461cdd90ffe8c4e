package dev.onward.journey.entry;

import static dev.onward.testsupport.Problems.assertProblem;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.BatchConnection;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class EventsHttpTest {

    private static final String LINES = "application/x-ndjson";
    private static final String NOTHING = "{\"accepted\":0,\"duplicates\":0,\"rejected\":[]}";
    private static final String ONE = "{\"accepted\":1,\"duplicates\":0,\"rejected\":[]}";
    private static final String AGAIN = "{\"accepted\":0,\"duplicates\":1,\"rejected\":[]}";
    private static final int MIB = 1024 * 1024;

    private final Api api = Api.fresh();
    private final Api lines = api.with("Content-Type", LINES);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | /eventId missing, /name missing",
                "{'eventId':7,'name':true} | /eventId wrong-type, /name wrong-type",
                "{'eventId':'','name':'Order'} | /eventId out-of-range",
                "{'eventId':'e','name':'Order Shipped'} | /name bad-format",
                "{'eventId':'e','name':'1Order'} | /name bad-format",
                "{'eventId':'e','name':'Order','profileId':''} | /profileId out-of-range",
                "{'eventId':'e','name':'Order','profileId':7} | /profileId wrong-type",
                "{'eventId':'e','name':'Order','payload':[]} | /payload wrong-type",
                "{'eventId':'e','name':'Order','payload':'x','profile':1} | /payload wrong-type, /profile wrong-type",
                "{'eventId':'e','name':'Order','colour':'red'} | /colour unknown-member",
                "{'eventId':'e','name':'Order','idempotencyKey':'k'} | /idempotencyKey unknown-member",
                "[] | '' wrong-type",
                "'e' | '' wrong-type"
            })
    void every_fault_of_an_event_is_told_with_its_place(String event, String faults) {
        Response refused = api.post("/events", event.replace('\'', '"'));
        assertProblem(refused, 422, "validation-failed");
        List<String> told = new ArrayList<>();
        Api.json(refused)
                .get("errors")
                .forEach(error -> told.add(error.get("pointer").textValue() + " "
                        + error.get("code").textValue()));
        assertThat(told).containsExactlyInAnyOrder(faults.replace("''", "").split(", "));
        JsonNode stream = Api.json(lines.post("/events", event.replace('\'', '"')));
        assertThat(stream.at("/rejected/0/problem/errors").findValuesAsText("pointer"))
                .hasSameSizeAs(told);
    }

    @Test
    void what_is_no_json_or_too_long_or_of_another_type_is_refused() {
        assertProblem(api.post("/events", ""), 400, "json-malformed");
        assertProblem(api.post("/events", event("e") + "x"), 400, "json-malformed");
        assertProblem(api.post("/events", "{\"name\":\"a\",\"name\":\"b\"}"), 400, "json-malformed");
        assertProblem(api.post("/events", event("e", "x".repeat(MIB))), 413, "body-too-large");
        assertProblem(
                api.with("Content-Type", "text/plain").post("/events", event("e")), 415, "unsupported-media-type");
        assertProblem(
                lines.with("Content-Encoding", "gzip").post("/events", event("e")), 415, "unsupported-media-type");
        assertThat(accepted(api, "e")).isEqualTo(ONE);
    }

    @Test
    void only_who_may_send_events_may() {
        for (Api way : List.of(api, lines)) {
            assertProblem(way.as("nobody").post("/events", event("e")), 401, "unauthenticated");
            assertProblem(way.as(api.newKey("viewer", "*")).post("/events", event("e")), 403, "forbidden");
            assertProblem(way.as(api.newKey("invoker", "other")).post("/events", event("e")), 403, "forbidden");
            assertProblem(way.in("NO NAME").post("/events", event("e")), 422, "validation-failed");
        }
        assertProblem(Api.anonymous().post("/events", event("e")), 401, "unauthenticated");
        for (String role : List.of("invoker", "author", "admin")) {
            assertThat(accepted(api.as(api.newKey(role, "*")), role)).isEqualTo(ONE);
        }
    }

    @Test
    void an_event_that_comes_again_is_accepted_and_ignored() {
        assertThat(accepted(api, "e")).isEqualTo(ONE);
        assertThat(accepted(api, "e")).isEqualTo(AGAIN);
        assertThat(accepted(lines, "e")).isEqualTo(AGAIN);
        assertThat(accepted(api, "e\u0000\\")).isEqualTo(ONE);
        assertThat(accepted(api, "e\u0000\\")).isEqualTo(AGAIN);
        assertThat(accepted(api.in("another-world"), "e")).isEqualTo(ONE);
    }

    @Test
    void ids_may_be_as_long_as_255_characters() {
        String id = "\uD83D\uDE00".repeat(255);
        assertThat(accepted(api, id)).isEqualTo(ONE);
        assertThat(accepted(api, id)).isEqualTo(AGAIN);
        assertProblem(api.post("/events", event(id + "x")), 422, "validation-failed");
    }

    @Test
    void an_event_of_one_mebibyte_is_taken() {
        String event = event("big", "x".repeat(MIB - event("big", "").length()));
        assertThat(event).hasSize(MIB);
        assertThat(api.post("/events", event).asString()).isEqualTo(ONE);
        assertThat(lines.post("/events", event).asString()).isEqualTo(AGAIN);
    }

    @Test
    void a_bad_line_never_stops_the_rest() {
        Response answer = lines.post(
                "/events",
                String.join(
                        "\n",
                        event("a"),
                        "not json",
                        "",
                        "  ",
                        event("b", "x".repeat(MIB)),
                        "{\"eventId\":\"c\"}\r",
                        event("a"),
                        "\uFEFF" + event("c"),
                        event("d")));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.contentType()).startsWith("application/json");
        JsonNode told = Api.json(answer);
        assertThat(told.get("accepted").intValue()).isEqualTo(2);
        assertThat(told.get("duplicates").intValue()).isEqualTo(1);
        assertThat(told.has("rejectedMore")).isFalse();
        assertThat(told.get("rejected").findValuesAsText("line")).containsExactly("2", "5", "6", "8");
        assertProblem(told.at("/rejected/0/problem"), 400, "json-malformed");
        assertProblem(told.at("/rejected/1/problem"), 413, "body-too-large");
        assertProblem(told.at("/rejected/2/problem"), 422, "validation-failed");
        assertProblem(told.at("/rejected/3/problem"), 400, "json-malformed");
    }

    @Test
    void an_empty_stream_accepts_nothing() {
        assertThat(lines.post("/events", "").asString()).isEqualTo(NOTHING);
        assertThat(lines.post("/events", "\n\r\n \n").asString()).isEqualTo(NOTHING);
    }

    @Test
    void of_thousands_of_bad_lines_the_first_are_listed_and_the_rest_are_counted() {
        String bad = "x\n".repeat(2_500) + event("good");
        JsonNode told = Api.json(lines.post("/events", bad));
        assertThat(told.get("accepted").intValue()).isOne();
        assertThat(told.get("rejected")).hasSize(1_000);
        assertThat(told.get("rejectedMore").intValue()).isEqualTo(1_500);
    }

    @Test
    void bad_lines_of_any_length_make_no_answer_of_any_length() {
        String members = IntStream.range(0, 20)
                .mapToObj(i -> "\"" + i + "n".repeat(40_000) + "\":1")
                .collect(Collectors.joining(","));
        Response answer = lines.post("/events", ("{" + members + "}\n").repeat(10));
        JsonNode told = Api.json(answer);
        assertThat(answer.asByteArray().length).isLessThan(3 * MIB);
        assertThat(told.get("rejected")).isNotEmpty();
        assertThat(told.get("rejected").size() + told.get("rejectedMore").intValue())
                .isEqualTo(10);
    }

    @Test
    void a_stream_of_thousands_is_accepted_once_each() {
        String events = IntStream.range(0, 5_000)
                .mapToObj(number -> event("e-" + number % 4_000))
                .collect(Collectors.joining("\n"));
        assertThat(lines.post("/events", events).asString())
                .isEqualTo("{\"accepted\":4000,\"duplicates\":1000,\"rejected\":[]}");
        assertThat(accepted(api, "e-17")).isEqualTo(AGAIN);
    }

    @Test
    void a_stream_is_answered_when_it_ends_and_not_before() throws IOException {
        try (BatchConnection stream = stream()) {
            stream.line(event("a")).text(event("b")).end();
            assertThat(stream.head()).startsWith("HTTP/1.1 202 ").containsIgnoringCase("content-length: ");
        }
        assertThat(accepted(api, "b")).isEqualTo(AGAIN);
    }

    @Test
    void who_leaves_before_the_end_leaves_whole_lines_behind() throws IOException {
        try (BatchConnection stream = stream()) {
            stream.line(event("a")).text(event("half")).breakOff();
        }
        await().until(() -> accepted(api, "a").equals(AGAIN));
        assertThat(accepted(api, "half")).isEqualTo(ONE);
    }

    @Test
    void what_became_of_events_is_counted() {
        double accepted = counted("accepted");
        double duplicates = counted("duplicate");
        double rejected = counted("rejected");
        api.post("/events", event("a"));
        lines.post("/events", event("a") + "\nx\n{}\n" + event("b"));
        api.post("/events", "{}");
        api.post("/events", "x");
        assertThat(counted("accepted") - accepted).isEqualTo(2);
        assertThat(counted("duplicate") - duplicates).isEqualTo(1);
        assertThat(counted("rejected") - rejected).isEqualTo(4);
    }

    private BatchConnection stream() throws IOException {
        return BatchConnection.open(
                RestAssured.port,
                "/api/v1/events",
                "Authorization: Bearer " + Api.ADMIN_KEY + "\r\nx-sandbox-name: " + api.sandbox() + "\r\nContent-Type: "
                        + LINES + "\r\n");
    }

    private static String accepted(Api way, String id) {
        Response answer = way.post("/events", event(id));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(202);
        return answer.asString();
    }

    private static String event(String id) {
        return event(id, "x");
    }

    private static String event(String id, String text) {
        String escaped = id.replace("\\", "\\\\").replace("\u0000", "\\u0000");
        return "{\"eventId\":\"" + escaped + "\",\"name\":\"Order\",\"payload\":{\"text\":\"" + text + "\"}}";
    }

    private double counted(String result) {
        String name = "onward_journey_events_total{result=\"" + result + "\"}";
        return RestAssured.given()
                .header("Authorization", "Bearer " + Api.ADMIN_KEY)
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
