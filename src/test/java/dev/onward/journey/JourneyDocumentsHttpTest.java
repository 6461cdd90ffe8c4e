package dev.onward.journey;

import static dev.onward.testsupport.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/** What is refused of those who save and remove journeys. */
@QuarkusTest
class JourneyDocumentsHttpTest {

    private static final String PATH = "/journeys/Kept";

    private final Api api = Api.fresh();

    @Test
    void a_name_is_taken_once_in_a_sandbox() {
        assertThat(api.post("/journeys", document("Kept", "PT1M")).statusCode()).isEqualTo(201);
        assertProblem(api.post("/journeys", document("Kept", "PT2M")), 409, "conflict");
        assertThat(shown().at("/version").intValue()).isEqualTo(1);
        assertThat(shown().at("/steps/0/wait").textValue()).isEqualTo("PT1M");
        Api elsewhere = api.in(api.sandbox() + "-too");
        assertThat(elsewhere.post("/journeys", document("Kept", "PT2M")).statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_new_version_is_saved_when_if_match_names_the_present_state_only() {
        String first = api.post("/journeys", document("Kept", "PT1M")).header("ETag");
        Response second = api.with("If-Match", first).put(PATH, document("Kept", "PT2M"));
        assertThat(second.statusCode()).isEqualTo(200);
        assertProblem(api.with("If-Match", first).put(PATH, document("Kept", "PT3M")), 412, "precondition-failed");
        assertThat(shown().at("/steps/0/wait").textValue()).isEqualTo("PT2M");

        assertThat(api.send(Method.POST, PATH + "/publish").statusCode()).isEqualTo(200);
        assertProblem(
                api.with("If-Match", second.header("ETag")).put(PATH, document("Kept", "PT3M")),
                412,
                "precondition-failed");
        assertThat(api.with("If-Match", api.get(PATH).header("ETag"))
                        .put(PATH, document("Kept", "PT3M"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_journey_is_removed_when_if_match_names_the_present_state_only() {
        String first = api.post("/journeys", document("Kept", "PT1M")).header("ETag");
        String second = api.put(PATH, document("Kept", "PT2M")).header("ETag");
        assertProblem(api.with("If-Match", first).delete(PATH), 412, "precondition-failed");
        assertThat(shown().at("/version").intValue()).isEqualTo(2);
        assertThat(api.with("If-Match", second).delete(PATH).statusCode()).isEqualTo(204);
        assertProblem(api.get(PATH), 404, "not-found");
    }

    @Test
    void a_journey_cannot_be_renamed() {
        api.post("/journeys", document("Kept", "PT1M"));
        Response refused = api.put(PATH, document("Another", "PT2M"));
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).at("/errors/0/code").textValue()).isEqualTo("name-mismatch");
        assertThat(Api.json(refused).at("/errors/0/pointer").textValue()).isEqualTo("/name");
        assertThat(shown().at("/version").intValue()).isEqualTo(1);
        assertProblem(api.get("/journeys/Another"), 404, "not-found");
    }

    private JsonNode shown() {
        return Api.json(api.get(PATH));
    }

    private static String document(String name, String wait) {
        return """
                { "name": "%s", "entry": { "event": "Order" }, "steps": [ { "id": "pause", "wait": "%s" } ] }""".formatted(name, wait);
    }
}
