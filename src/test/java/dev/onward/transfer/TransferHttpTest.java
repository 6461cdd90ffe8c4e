package dev.onward.transfer;

import static dev.onward.testsupport.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.value.JsonBuffer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TransferHttpTest {

    private static final String JOURNEY = """
            { "name": "Welcome", "entry": { "event": "SignedUp" },
              "steps": [ { "id": "mail", "action": "Mail", "arguments": { "text": "@event{SignedUp.name}" },
                           "onError": [ { "id": "sms", "action": "Sms", "arguments": { "text": "'x'" },
                                          "continueOnError": true } ] } ] }""";

    private final Api api = Api.fresh();

    @BeforeEach
    void define() {
        ObjectNode mail = Definitions.merged(
                Definitions.message("Mail", "https://mail.example.com/v1"),
                Definitions.parse(
                        "{\"authentication\":{\"type\":\"basic\",\"username\":\"u\",\"password\":\"hunter2\"}}"));
        assertThat(api.post("/actions", mail).statusCode()).isEqualTo(201);
        assertThat(api.post("/actions", Definitions.message("Sms", "https://sms.example.com/v1"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(api.post("/events/definitions", "{\"name\":\"SignedUp\",\"sample\":{\"name\":\"Ada\"}}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(api.post("/journeys", JOURNEY).statusCode()).isEqualTo(201);
    }

    @Test
    void a_journey_is_exported_with_all_that_it_needs_but_its_secrets() {
        JsonNode bundle = Api.json(api.get("/journeys/Welcome/export"));
        assertThat(bundle.get("actions").findValuesAsText("name")).containsExactly("Mail", "Sms");
        assertThat(bundle.at("/events/0/sample/name").textValue()).isEqualTo("Ada");
        assertThat(bundle.at("/actions/0/authentication/password").textValue()).isEqualTo("INSERT_SECRET_HERE");
        assertThat(bundle.toString()).doesNotContain("hunter2");
        assertProblem(api.get("/journeys/Nobody/export"), 404, "not-found");
    }

    @Test
    void the_same_bundle_again_changes_nothing() {
        JsonNode bundle = Api.json(api.get("/journeys/Welcome/export"));
        JsonNode report = Api.json(api.post("/import", bundle));
        assertThat(report.get("items").findValuesAsText("change")).hasSize(4).containsOnly("unchanged");
        assertThat(Api.json(api.get("/actions/Mail")).get("version").intValue()).isEqualTo(1);
    }

    @Test
    void a_bundle_in_yaml_makes_everything_elsewhere_once_its_secrets_are_given() {
        byte[] yaml = api.get("/journeys/Welcome/export?format=yaml").asByteArray();
        Api other = Api.fresh().with("Content-Type", "application/yaml");
        Response refused = other.post("/import", yaml);
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).at("/errors/0/code").textValue()).isEqualTo("placeholder-left");
        assertThat(Api.json(refused).at("/errors/0/pointer").textValue())
                .isEqualTo("/actions/0/authentication/password");
        JsonNode dry = Api.json(other.post("/import?dryRun=true", yaml));
        assertThat(dry.get("applied").booleanValue()).isFalse();
        assertThat(dry.at("/items/1/faults/0/code").textValue()).isEqualTo("placeholder-left");
        assertProblem(other.get("/journeys/Welcome"), 404, "not-found");

        ObjectNode bundle = (ObjectNode) Api.json(api.get("/journeys/Welcome/export"));
        bundle.putObject("secrets").putObject("Mail").put("/authentication/password", "hunter3");
        JsonNode report =
                Api.json(other.with("Content-Type", "application/json").post("/import", JsonBuffer.bytesOf(bundle)));
        assertThat(report.get("items").findValuesAsText("change")).hasSize(4).containsOnly("created");
        assertThat(Api.json(other.get("/journeys/Welcome")).get("publishable").booleanValue())
                .isTrue();
    }

    @Test
    void a_document_that_cannot_be_stored_keeps_those_before_it_from_being_stored() {
        assertThat(api.send(Method.POST, "/journeys/Welcome/publish").statusCode())
                .isEqualTo(200);
        ObjectNode bundle = (ObjectNode) Api.json(api.get("/journeys/Welcome/export"));
        ((ObjectNode) bundle.at("/events/0/sample")).put("more", 1);
        ((ObjectNode) bundle.at("/actions/0")).put("description", "changed");
        ObjectNode sms = (ObjectNode) bundle.at("/actions/1");
        bundle.withArray("actions")
                .set(
                        1,
                        Definitions.parse(sms.toString()
                                .replace("\"text\":", "\"words\":")
                                .replace("${text}", "${words}")));
        ObjectNode arguments = (ObjectNode) bundle.at("/journeys/0/steps/0/onError/0/arguments");
        arguments.set("words", arguments.remove("text"));
        bundle.putObject("secrets").putObject("Mail").put("/authentication/password", "hunter3");
        // The version that is live does not fit the new action until the draft is published.
        assertProblem(api.post("/import", bundle), 409, "breaks-journeys");
        for (String path :
                List.of("/events/definitions/SignedUp", "/actions/Mail", "/actions/Sms", "/journeys/Welcome")) {
            assertThat(Api.json(api.get(path)).get("version").intValue())
                    .as(path)
                    .isEqualTo(1);
        }
    }

    @Test
    void faults_are_told_with_their_places_and_nothing_is_stored() {
        ObjectNode bundle = (ObjectNode) Api.json(api.get("/journeys/Welcome/export"));
        ((ObjectNode) bundle.at("/actions/1/endpoint")).put("url", "ftp://x");
        ((ObjectNode) bundle.at("/journeys/0/steps/0/arguments")).put("text", "@event{SignedUp.nam}");
        Response refused = api.post("/import", bundle);
        assertThat(Api.json(refused).get("errors").findValuesAsText("pointer"))
                .contains("/actions/1/endpoint/url", "/journeys/0/steps/0/arguments/text");
        assertThat(Api.json(api.get("/actions/Sms")).get("version").intValue()).isEqualTo(1);
        assertProblem(api.post("/import", "{\"format\":2}"), 422, "validation-failed");
        assertProblem(api.with("Content-Type", "application/yaml").post("/import", "a: ["), 400, "json-malformed");
    }
}
