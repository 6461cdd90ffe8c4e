package dev.onward.transfer;

import static dev.onward.testsupport.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.value.JsonBuffer;
import io.quarkus.test.junit.QuarkusTest;
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
        ObjectNode bundle = (ObjectNode) Api.json(api.get("/journeys/Welcome/export"));
        JsonNode report = Api.json(api.post("/import", bundle));
        assertThat(report.get("items").findValuesAsText("change")).hasSize(4).containsOnly("unchanged");
        bundle.putObject("secrets").putObject("Mail").put("/authentication/password", "hunter2");
        bundle.withArray("journeys").removeAll().add(Api.json(api.get("/journeys/Welcome")));
        JsonNode whole = Api.json(api.post("/import", bundle));
        assertThat(whole.get("items").findValuesAsText("change")).hasSize(4).containsOnly("unchanged");
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
    void a_fault_of_the_last_document_keeps_those_before_it_from_being_stored() {
        ObjectNode bundle = (ObjectNode) Api.json(api.get("/journeys/Welcome/export"));
        ((ObjectNode) bundle.at("/events/0/sample")).put("more", 1);
        ((ObjectNode) bundle.at("/actions/1")).put("description", "changed");
        ObjectNode journey = bundle.at("/journeys/0").deepCopy();
        bundle.withArray("journeys").removeAll().add(journey.put("name", "New")).add(journey.deepCopy());
        Response refused = api.post("/import", bundle);
        assertProblem(refused, 422, "validation-failed");
        assertThat(refused.asString()).contains("New");
        assertProblem(api.get("/journeys/New"), 404, "not-found");
        assertThat(Api.json(api.get("/actions/Sms")).get("version").intValue()).isEqualTo(1);
        assertThat(Api.json(api.get("/events/definitions/SignedUp"))
                        .get("version")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void faults_are_told_with_their_places_and_nothing_is_stored() {
        ObjectNode bundle = (ObjectNode) Api.json(api.get("/journeys/Welcome/export"));
        ((ObjectNode) bundle.at("/actions/1/endpoint")).put("url", "ftp://x");
        ((ObjectNode) bundle.at("/journeys/0/steps/0")).put("wait", "PT1S");
        Response refused = api.post("/import", bundle);
        assertThat(Api.json(refused).get("errors").findValuesAsText("pointer"))
                .contains("/actions/1/endpoint/url", "/journeys/0/steps/0");
        assertThat(Api.json(api.get("/actions/Sms")).get("version").intValue()).isEqualTo(1);
        assertProblem(api.post("/import", "{\"format\":2}"), 422, "validation-failed");
        assertProblem(api.with("Content-Type", "application/yaml").post("/import", "a: ["), 400, "json-malformed");
    }

    @Test
    void a_bundle_without_anything_to_take_in_is_refused() {
        for (String nothing : List.of("{}", "{\"format\":1,\"events\":[],\"actions\":[],\"journeys\":[]}")) {
            Response refused = api.post("/import", nothing);
            assertProblem(refused, 422, "validation-failed");
            assertThat(Api.json(refused).at("/errors/0/code").textValue()).isEqualTo("missing");
            assertThat(Api.json(refused).at("/errors/0/message").textValue()).contains("nothing to take in");
        }
    }

    @Test
    void a_draft_with_faults_comes_in_with_warnings_as_it_was_saved() {
        String draft = JOURNEY.replace("SignedUp.name", "SignedUp.nam");
        assertThat(api.put("/journeys/Welcome", draft).statusCode()).isEqualTo(200);
        ObjectNode bundle = withSecret(Api.json(api.get("/journeys/Welcome/export")));
        Api other = Api.fresh();
        Response taken = other.post("/import", bundle);
        assertThat(taken.statusCode()).as(taken.asString()).isEqualTo(200);
        JsonNode journey = Api.json(taken).at("/items/3");
        assertThat(journey.at("/warnings/0/pointer").textValue()).isEqualTo("/journeys/0/steps/0/arguments/text");
        assertThat(journey.at("/warnings/0/code").textValue()).isEqualTo("unknown-event-field");
        assertThat(Api.json(other.get("/journeys/Welcome")).get("publishable").booleanValue())
                .isFalse();
    }

    @Test
    void a_step_that_is_held_to_a_version_gets_that_version_elsewhere() {
        hold(1);
        describe("newer");
        ObjectNode bundle = withSecret(Api.json(api.get("/journeys/Welcome/export")));
        assertThat(bundle.at("/actions/0/version").intValue()).isOne();
        assertThat(bundle.at("/actions/0").has("description")).isFalse();
        assertThat(bundle.has("notPortable")).isFalse();

        Api other = Api.fresh();
        describe(other, "something else");
        JsonNode report = Api.json(other.post("/import", bundle));
        assertThat(report.get("items").findValuesAsText("change"))
                .containsExactly("created", "updated", "created", "created");
        assertThat(heldTo(other)).isEqualTo(2);
        assertThat(Api.json(other.get("/actions/Mail/versions/2"))
                        .path("description")
                        .asText(""))
                .isEmpty();
        assertThat(Api.json(other.get("/journeys/Welcome")).get("publishable").booleanValue())
                .isTrue();
        assertThat(Api.json(other.post("/import", bundle)).get("items").findValuesAsText("change"))
                .containsOnly("unchanged");
        assertThat(heldTo(other)).isEqualTo(2);
    }

    @Test
    void an_older_version_comes_in_again_as_it_is() {
        hold(1);
        describe("newer");
        JsonNode report = Api.json(api.post("/import", Api.json(api.get("/journeys/Welcome/export"))));
        assertThat(report.get("items").findValuesAsText("change")).hasSize(4).containsOnly("unchanged");
        assertThat(Api.json(api.get("/actions/Mail")).get("version").intValue()).isEqualTo(2);
    }

    @Test
    void an_older_version_that_not_all_steps_are_held_to_becomes_the_latest() {
        hold(1);
        ObjectNode bundle = (ObjectNode) Api.json(api.get("/journeys/Welcome/export"));
        describe("newer");
        bundle.withArray("journeys").add(Definitions.parse(JOURNEY.replace("Welcome", "Other")));
        assertThat(Api.json(api.post("/import", bundle)).get("items").findValuesAsText("change"))
                .containsExactly("unchanged", "updated", "unchanged", "updated", "created");
        assertThat(Api.json(api.get("/actions/Mail")).get("version").intValue()).isEqualTo(3);
        assertThat(Api.json(api.get("/actions/Mail")).has("description")).isFalse();
        assertThat(heldTo(api)).isEqualTo(3);
        assertThat(Api.json(api.post("/import", bundle)).get("items").findValuesAsText("change"))
                .containsOnly("unchanged");
    }

    @Test
    void what_is_not_portable_is_told_by_both_sides() {
        describe("newer");
        String both = JOURNEY.replace("\"action\": \"Sms\"", "\"action\": \"Mail\"")
                .replaceFirst("\"action\": \"Mail\"", "\"action\": \"Mail\", \"actionVersion\": 1");
        assertThat(api.put("/journeys/Welcome", both).statusCode()).isEqualTo(200);
        JsonNode bundle = Api.json(api.get("/journeys/Welcome/export"));
        assertThat(bundle.get("notPortable").toString()).isEqualTo("[\"/journeys/0/steps/0/actionVersion\"]");
        assertThat(bundle.at("/actions/0/description").textValue()).isEqualTo("newer");
        JsonNode report = Api.json(api.post("/import", bundle));
        assertThat(report.at("/items/2/warnings/0/code").textValue()).isEqualTo("version-not-included");
        assertThat(report.at("/items/2/warnings/0/pointer").textValue()).isEqualTo("/journeys/0/steps/0/actionVersion");
    }

    @Test
    void an_older_version_comes_in_as_it_is_also_when_steps_are_held_to_two() {
        describe("newer");
        String both = JOURNEY.replace("\"action\": \"Sms\"", "\"action\": \"Mail\", \"actionVersion\": 2")
                .replaceFirst("\"action\": \"Mail\"", "\"action\": \"Mail\", \"actionVersion\": 1");
        assertThat(api.put("/journeys/Welcome", both).statusCode()).isEqualTo(200);
        ObjectNode bundle = (ObjectNode) Api.json(api.get("/journeys/Welcome/export"));
        describe("newest");
        assertThat(Api.json(api.post("/import", bundle)).get("items").findValuesAsText("change"))
                .containsOnly("unchanged");
        assertThat(Api.json(api.get("/actions/Mail")).get("version").intValue()).isEqualTo(3);
    }

    private void hold(int version) {
        String held = JOURNEY.replace("\"action\": \"Mail\"", "\"action\": \"Mail\", \"actionVersion\": " + version);
        assertThat(api.put("/journeys/Welcome", held).statusCode()).isEqualTo(200);
    }

    private static int heldTo(Api where) {
        return Api.json(where.get("/journeys/Welcome"))
                .at("/steps/0/actionVersion")
                .intValue();
    }

    private void describe(String description) {
        assertThat(api.put("/actions/Mail", mail(description).toString()).statusCode())
                .isEqualTo(200);
    }

    private static void describe(Api where, String description) {
        assertThat(where.post("/actions", mail(description)).statusCode()).isEqualTo(201);
    }

    private static ObjectNode mail(String description) {
        return Definitions.merged(
                Definitions.message("Mail", "https://mail.example.com/v1"),
                Definitions.parse("{\"description\":\"" + description
                        + "\",\"authentication\":{\"type\":\"basic\",\"username\":\"u\",\"password\":\"hunter2\"}}"));
    }

    private static ObjectNode withSecret(JsonNode exported) {
        ObjectNode bundle = (ObjectNode) exported;
        bundle.putObject("secrets").putObject("Mail").put("/authentication/password", "hunter2");
        return bundle;
    }
}
