package dev.onward.transfer;

import static dev.onward.testsupport.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.StubProvider;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secret values of headers and query parameters, which stand in documents as {@code {"secret": "…"}}. */
@QuarkusTest
class PlaceholdersHttpTest {

    private static final String JOURNEY = """
            { "name": "Welcome", "entry": { "event": "SignedUp" },
              "steps": [ { "id": "mail", "action": "Mail", "arguments": { "text": "'x'" } } ] }""";

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @BeforeEach
    void define() {
        ObjectNode mail = Definitions.merged(Definitions.message("Mail", provider.url("/v1")), Definitions.parse("""
                        { "endpoint": { "headers": { "X-Key": { "secret": "hunter2" }, "X-Plain": "plain" },
                                        "query": { "q": { "secret": "hunter3" } } } }"""));
        assertThat(api.post("/actions", mail).statusCode()).isEqualTo(201);
        assertThat(api.post("/events/definitions", "{\"name\":\"SignedUp\",\"sample\":{\"name\":\"Ada\"}}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(api.post("/journeys", JOURNEY).statusCode()).isEqualTo(201);
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void they_are_exported_as_secrets_and_come_in_again_as_they_are() {
        ObjectNode bundle = exported();
        assertThat(bundle.at("/actions/0/endpoint/headers/X-Key/secret").textValue())
                .isEqualTo("INSERT_SECRET_HERE");
        assertThat(bundle.at("/actions/0/endpoint/query/q/secret").textValue()).isEqualTo("INSERT_SECRET_HERE");
        assertThat(bundle.at("/actions/0/endpoint/headers/X-Plain").textValue()).isEqualTo("plain");
        assertThat(changes(api.post("/import", bundle))).containsOnly("unchanged");
        assertThatItSends(api, "hunter2", "hunter3");
    }

    @Test
    void bare_placeholders_of_older_documents_stand_for_them_too() {
        ObjectNode bundle = bare(exported());
        assertThat(changes(api.post("/import", bundle))).containsOnly("unchanged");
        assertThatItSends(api, "hunter2", "hunter3");
        assertPlaceholdersLeft(Api.fresh().post("/import", bundle));
    }

    @Test
    void elsewhere_they_are_asked_for_and_taken_from_secrets() {
        ObjectNode bundle = exported();
        Api other = Api.fresh();
        assertPlaceholdersLeft(other.post("/import", bundle));
        bundle.putObject("secrets")
                .putObject("Mail")
                .put("/endpoint/headers/X-Key", "hunter4")
                .put("/endpoint/query/q", "hunter5");
        assertThat(changes(other.post("/import", bundle))).containsOnly("created");
        assertThat(Api.json(other.get("/actions/Mail"))
                        .at("/endpoint/headers/X-Key/set")
                        .booleanValue())
                .isTrue();
        assertThatItSends(other, "hunter4", "hunter5");
        assertThat(changes(other.post("/import", bare(bundle)))).containsOnly("unchanged");
    }

    @Test
    void a_secret_that_no_placeholder_asks_for_is_refused_with_the_places_that_do() {
        ObjectNode bundle = exported();
        ObjectNode secrets = bundle.putObject("secrets");
        secrets.putObject("Mail").put("/endpoint/headers/X-Kay", "hunter6").put("/endpoint/query/q", "hunter7");
        secrets.putObject("Mial").put("/endpoint/query/q", "hunter8");
        Response refused = api.post("/import?dryRun=true", bundle);
        assertProblem(refused, 422, "validation-failed");
        JsonNode errors = Api.json(refused).get("errors");
        assertThat(errors.findValuesAsText("code")).containsExactly("placeholder-not-found", "placeholder-not-found");
        assertThat(errors.findValuesAsText("pointer"))
                .containsExactly("/secrets/Mail/~1endpoint~1headers~1X-Kay", "/secrets/Mial/~1endpoint~1query~1q");
        assertThat(errors.at("/0/message").textValue())
                .contains("'Mail'", "'/endpoint/headers/X-Kay'", "[/endpoint/headers/X-Key, /endpoint/query/q]");
        assertThat(errors.at("/1/message").textValue()).contains("no action 'Mial'", "[Mail]");
        assertThat(refused.asString()).doesNotContain("hunter");
    }

    @Test
    void secrets_are_objects_by_action() {
        ObjectNode bundle = exported();
        bundle.putObject("secrets").put("Mail", "hunter2");
        assertThat(Api.json(api.post("/import", bundle)).get("errors").toString())
                .contains("/secrets/Mail", "wrong-type");
        bundle.put("secrets", "hunter2");
        assertThat(Api.json(api.post("/import", bundle)).get("errors").toString())
                .contains("\"/secrets\"", "wrong-type");
    }

    private ObjectNode exported() {
        ObjectNode bundle = (ObjectNode) Api.json(api.get("/journeys/Welcome/export"));
        assertThat(bundle.toString()).doesNotContain("hunter");
        return bundle;
    }

    private static ObjectNode bare(ObjectNode bundle) {
        ObjectNode bare = bundle.deepCopy();
        ((ObjectNode) bare.at("/actions/0/endpoint/headers")).put("X-Key", "INSERT_SECRET_HERE");
        ((ObjectNode) bare.at("/actions/0/endpoint/query")).put("q", "INSERT_SECRET_HERE");
        return bare;
    }

    private void assertThatItSends(Api from, String header, String query) {
        assertThat(from.post("/actions/Mail/invoke", "{\"arguments\":{\"text\":\"hello\"}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(provider.requests()).hasSize(1);
        assertThat(provider.requests().get(0).headers()).containsEntry("X-Key", header);
        assertThat(provider.requests().get(0).target()).isEqualTo("/v1?q=" + query);
    }

    private static void assertPlaceholdersLeft(Response refused) {
        assertProblem(refused, 422, "validation-failed");
        JsonNode errors = Api.json(refused).get("errors");
        assertThat(errors.findValuesAsText("code")).containsOnly("placeholder-left");
        assertThat(errors.findValuesAsText("pointer"))
                .containsExactly("/actions/0/endpoint/headers/X-Key", "/actions/0/endpoint/query/q");
    }

    private static Iterable<String> changes(Response taken) {
        assertThat(taken.statusCode()).as(taken.asString()).isEqualTo(200);
        return Api.json(taken).get("items").findValuesAsText("change");
    }
}
