package dev.onward.journey;

import static dev.onward.testsupport.Problems.assertTellsNothingOfTheInside;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.value.Cursor;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every list of journeys and what happens in them: pages, filters, and what clients make up. */
@QuarkusTest
class JourneyQueriesHttpTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String WILD = "+999999999-12-31T23:59:59Z";
    private static final String NO_ID = "00000000-0000-0000-0000-000000000000";

    private final Api api = Api.fresh();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/journeys",
                "/journeys/Paged/versions",
                "/instances?journey=Paged",
                "/step-events",
                "/runs",
                "/events/definitions"
            })
    void pages_show_every_row_once(String path) {
        fill();
        String query = path + (path.contains("?") ? "&" : "?") + "limit=2";
        List<JsonNode> rows = new ArrayList<>();
        JsonNode page = Api.json(api.get(query));
        page.get("items").forEach(rows::add);
        while (!page.get("next").isNull()) {
            page = Api.json(api.get(query + "&cursor=" + page.get("next").textValue()));
            page.get("items").forEach(rows::add);
        }
        assertThat(rows).hasSizeBetween(5, 10).doesNotHaveDuplicates();
        JsonNode whole = Api.json(api.get(path)).get("items");
        assertThat(rows).hasSize(whole.size());
        whole.forEach(row -> assertThat(rows).contains(row));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/journeys",
                "/instances?journey=a",
                "/step-events",
                "/runs",
                "/events/definitions",
                "/reports/actions"
            })
    void an_empty_list_is_an_empty_list(String path) {
        JsonNode answer = Api.json(api.get(path));
        assertThat(answer.get("items")).isEmpty();
        assertThat(answer.path("next").isNull() || answer.path("next").isMissingNode())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"/journeys,1", "/instances?journey=a,2", "/step-events,3", "/runs,1", "/runs,2", "/events/definitions,1"
    })
    void a_cursor_that_is_made_up_is_refused_or_leads_nowhere(String path, int parts) {
        String query = path + (path.contains("?") ? "&" : "?");
        List<String> cursors = new ArrayList<>(List.of("x", "%00", "!!!!", "AAAA", "a".repeat(5_000)));
        for (String part : List.of(WILD, "-999999999-01-01T00:00:00Z", "x", "", "\uD83D\uDE00", "'", NO_ID)) {
            List<String> key = new ArrayList<>(List.of(part, NO_ID, "99999999999"));
            cursors.add(new Cursor(key.subList(0, parts)).text());
            cursors.add(new Cursor(List.of("2026-01-01T00:00:00Z", NO_ID, part).subList(0, parts)).text());
        }
        for (String cursor : cursors) {
            requireNoFault(api.get(query + "cursor=" + cursor));
        }
        for (String limit : List.of("0", "-1", "1001", "x", "1.5", "99999999999999", "%00")) {
            assertThat(api.get(query + "limit=" + limit).statusCode()).as(limit).isEqualTo(422);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/journeys?q=VALUE",
                "/instances?journey=VALUE",
                "/instances?profile=VALUE",
                "/step-events?journey=VALUE",
                "/step-events?profile=VALUE",
                "/step-events?instance=VALUE",
                "/step-events?step=VALUE",
                "/step-events?status=VALUE",
                "/step-events?from=VALUE",
                "/step-events?to=VALUE",
                "/step-events?colour=VALUE",
                "/runs?journey=VALUE",
                "/reports/actions?by=VALUE",
                "/reports/actions?per=VALUE",
                "/reports/actions?from=VALUE",
                "/reports/actions?to=VALUE",
                "/reports/actions?action=VALUE",
                "/reports/actions?host=VALUE",
                "/reports/actions?journey=VALUE&per=minute"
            })
    void a_filter_that_makes_no_sense_is_refused_or_finds_nothing(String path) {
        for (String value : List.of(
                "",
                "a%00b",
                "%27",
                "%25",
                "%5C",
                "%F0%9F%98%80",
                "%FF",
                "%ED%A0%80",
                "x".repeat(3_000),
                "%2B999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z",
                "%2B294277-01-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "-4714-01-01T00:00:00Z",
                NO_ID)) {
            requireNoFault(api.get(path.replace("VALUE", value)));
        }
    }

    private static void requireNoFault(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isBetween(200, 499);
        assertTellsNothingOfTheInside(answer.asString());
    }

    /** Five journeys, versions of one, events, runs and instances, and more step events. */
    private void fill() {
        String journey = "{\"name\":\"%s\",\"entry\":{\"event\":\"Paged\"},\"steps\":[{\"end\":true}]}";
        for (int i = 0; i < 4; i++) {
            api.post("/journeys", journey.formatted("Other" + i));
        }
        api.post("/journeys", journey.formatted("Paged"));
        for (int i = 0; i < 4; i++) {
            api.put("/journeys/Paged", journey.formatted("Paged"));
        }
        for (int i = 0; i < 5; i++) {
            api.post("/events/definitions", "{\"name\":\"E" + i + "\",\"sample\":{}}");
        }
        assertThat(api.send(Method.POST, "/journeys/Paged/publish").statusCode())
                .isEqualTo(200);
        Api lines = api.with("Content-Type", "application/x-ndjson");
        lines.post(
                "/events",
                IntStream.range(0, 5)
                        .mapToObj(i -> "{\"eventId\":\"e-" + i + "\",\"name\":\"Paged\",\"profileId\":\"p-" + i + "\"}")
                        .collect(Collectors.joining("\n")));
        await().atMost(SOON)
                .until(() -> Api.json(api.get("/step-events")).get("items").size() == 5);
        for (int i = 0; i < 5; i++) {
            lines.post("/journeys/Paged/audience", "");
        }
        await().atMost(SOON)
                .until(() -> Api.json(api.get("/runs")).get("items").findValuesAsText("state").stream()
                        .allMatch("ended"::equals));
    }
}
