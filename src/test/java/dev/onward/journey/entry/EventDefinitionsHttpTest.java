package dev.onward.journey.entry;

import static dev.onward.testsupport.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.Api;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class EventDefinitionsHttpTest {

    private static final String PATH = "/events/definitions";
    private static final String ORDER = "{\"name\":\"Order\",\"sample\":{\"total\":20.10,\"text\":\"\\u0000\\ud800\"}}";

    private final Api api = Api.fresh();

    @Inject
    EventDefinitions definitions;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | /name missing, /sample missing",
                "{'name':'Order','sample':[]} | /sample wrong-type",
                "{'name':'Order','sample':null} | /sample missing",
                "{'name':7,'sample':{}} | /name wrong-type",
                "{'name':'Order Shipped','sample':{}} | /name bad-format",
                "{'name':'Order','sample':{},'colour':1} | /colour unknown-member",
            })
    void every_fault_is_told_with_its_place(String document, String faults) {
        Response refused = api.post(PATH, document.replace('\'', '"'));
        assertProblem(refused, 422, "validation-failed");
        List<String> told = new ArrayList<>();
        Api.json(refused)
                .get("errors")
                .forEach(error -> told.add(error.get("pointer").textValue() + " "
                        + error.get("code").textValue()));
        assertThat(told).containsExactlyInAnyOrder(faults.split(", "));
    }

    @Test
    void what_is_no_json_or_too_long_is_refused() {
        assertProblem(api.post(PATH, "x"), 400, "json-malformed");
        assertProblem(api.post(PATH, ORDER.replace("20.10", "1" + " ".repeat(1024 * 1024))), 413, "body-too-large");
        assertProblem(api.with("Content-Type", "text/plain").post(PATH, ORDER), 415, "unsupported-media-type");
    }

    @Test
    void a_declared_event_is_shown_as_it_was_sent() {
        Response made = api.post(PATH, ORDER);
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.header("Location")).endsWith("/api/v1/events/definitions/Order");
        Response shown = api.get(PATH + "/Order");
        assertThat(shown.asString()).isEqualTo(made.asString());
        assertThat(shown.header("ETag")).isEqualTo(made.header("ETag")).isNotBlank();
        assertThat(Api.json(shown).get("sample").toString()).isEqualTo("{\"total\":20.10,\"text\":\"\\u0000\ud800\"}");
        Api known = api.with("If-None-Match", shown.header("ETag"));
        assertThat(known.get(PATH + "/Order").statusCode()).isEqualTo(304);
        assertProblem(api.post(PATH, ORDER), 409, "conflict");
    }

    @Test
    void a_change_needs_the_state_that_it_was_made_from() {
        String first = api.post(PATH, ORDER).header("ETag");
        String changed =
                "{\"sample\":{\"total\":1},\"name\":\"Order\",\"version\":7,\"changedAt\":\"x\",\"changedBy\":1}";
        Response replaced = api.with("If-Match", first).put(PATH + "/Order", changed);
        assertThat(replaced.statusCode()).as(replaced.asString()).isEqualTo(200);
        assertThat(replaced.header("ETag")).isNotEqualTo(first);
        assertThat(Api.json(api.get(PATH + "/Order")).get("sample")).hasToString("{\"total\":1}");
        assertProblem(api.with("If-Match", first).put(PATH + "/Order", changed), 412, "precondition-failed");
        assertProblem(api.with("If-Match", first).send(Method.DELETE, PATH + "/Order"), 412, "precondition-failed");
        assertThat(api.with("If-Match", replaced.header("ETag"))
                        .send(Method.DELETE, PATH + "/Order")
                        .statusCode())
                .isEqualTo(204);
        assertProblem(api.get(PATH + "/Order"), 404, "not-found");
    }

    @Test
    void an_event_declared_again_is_not_taken_for_the_old_one() {
        String first = api.post(PATH, ORDER).header("ETag");
        api.delete(PATH + "/Order");
        Response again = api.post(PATH, "{\"name\":\"Order\",\"sample\":{}}");
        assertThat(again.header("ETag")).isNotEqualTo(first);
    }

    @Test
    void a_name_in_the_body_must_be_that_of_the_path() {
        api.post(PATH, ORDER);
        Response refused = api.put(PATH + "/Order", ORDER.replace("\"Order\"", "\"Other\""));
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).findValuesAsText("code")).containsExactly("name-mismatch");
    }

    @Test
    void what_is_not_there_is_not_found() {
        for (String name : List.of("Nobody", "no%20name", "%00", "x".repeat(101))) {
            assertProblem(api.get(PATH + "/" + name), 404, "not-found");
            assertProblem(api.delete(PATH + "/" + name), 404, "not-found");
        }
        assertProblem(api.put(PATH + "/Nobody", ORDER.replace("Order", "Nobody")), 404, "not-found");
        api.post(PATH, ORDER);
        assertProblem(Api.fresh().get(PATH + "/Order"), 404, "not-found");
    }

    @Test
    void the_list_comes_page_by_page_without_samples() {
        for (String name : List.of("b", "A", "_c", "a")) {
            api.post(PATH, "{\"name\":\"" + name + "\",\"sample\":{}}");
        }
        JsonNode first = Api.json(api.get(PATH + "?limit=3"));
        assertThat(first.findValuesAsText("name")).containsExactly("A", "_c", "a");
        assertThat(first.findValues("sample")).isEmpty();
        JsonNode second =
                Api.json(api.get(PATH + "?limit=3&cursor=" + first.get("next").textValue()));
        assertThat(second.findValuesAsText("name")).containsExactly("b");
        assertThat(second.get("next").isNull()).isTrue();
        assertProblem(api.get(PATH + "?limit=0"), 422, "validation-failed");
        assertProblem(api.get(PATH + "?cursor=x"), 400, "cursor-invalid");
    }

    @Test
    void who_reads_may_not_write_and_who_sends_events_may_not_read() {
        Api viewer = api.as(api.newKey("viewer", "*"));
        Api invoker = api.as(api.newKey("invoker", "*"));
        Api author = api.as(api.newKey("author", "*"));
        assertProblem(Api.anonymous().get(PATH), 401, "unauthenticated");
        assertProblem(viewer.post(PATH, ORDER), 403, "forbidden");
        assertThat(author.post(PATH, ORDER).statusCode()).isEqualTo(201);
        assertThat(viewer.get(PATH + "/Order").statusCode()).isEqualTo(200);
        assertProblem(viewer.delete(PATH + "/Order"), 403, "forbidden");
        assertProblem(invoker.get(PATH), 403, "forbidden");
    }

    @Test
    void journeys_see_the_sample() {
        Sandbox sandbox = new Sandbox(api.sandbox());
        assertThat(definitions.sample(sandbox, "Order")).isEmpty();
        api.post(PATH, ORDER);
        assertThat(definitions
                        .sample(sandbox, "Order")
                        .map(sample -> sample.get("total").asText()))
                .isEqualTo(Optional.of("20.10"));
    }
}
