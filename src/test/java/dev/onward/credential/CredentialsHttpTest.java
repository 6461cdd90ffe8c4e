package dev.onward.credential;

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
import org.junit.jupiter.api.Test;

/** Named credentials. */
@QuarkusTest
class CredentialsHttpTest {

    private static final String HELLO = "{\"arguments\":{\"text\":\"hello\"}}";
    private static final String ACME = """
            { "name": "acme", "hosts": ["127.0.0.1:%s"], "authentication": { "type": "bearer", "token": %s } }""";

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void a_document_with_faults_tells_all_of_them_and_no_secret() {
        Response refused = api.post("/credentials", """
                { "name": "a b", "hosts": ["https://a.example", "a.example/x", 7], "x": 1,
                  "authentication": { "type": "basic", "username": "a:b", "password": ["s3cret-0"] } }""");
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/name",
                        "/hosts/0",
                        "/hosts/1",
                        "/hosts/2",
                        "/x",
                        "/authentication/username",
                        "/authentication/password");
        assertThat(refused.asString()).doesNotContain("s3cret-0");
        assertProblem(api.post("/credentials", "{\"name\":\"a\",\"hosts\":[]}"), 422, "validation-failed");
    }

    @Test
    void what_is_not_there_is_not_found() {
        assertProblem(api.get("/credentials/nobody"), 404, "not-found");
        assertProblem(api.get("/credentials/" + "x".repeat(65)), 404, "not-found");
        assertProblem(api.put("/credentials/nobody", ACME.formatted(1, "\"t\"")), 404, "not-found");
        assertProblem(api.delete("/credentials/nobody"), 404, "not-found");
    }

    @Test
    void a_credential_is_kept_shown_without_its_secret_and_listed() {
        Response created = api.post("/credentials", acme("\"s3cret-1\""));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.header("Location")).endsWith("/api/v1/credentials/acme");
        assertProblem(api.post("/credentials", acme("\"s3cret-1\"")), 409, "conflict");
        Response read = api.get("/credentials/acme");
        assertThat(Api.json(read).at("/authentication/token/set").booleanValue())
                .isTrue();
        assertThat(api.with("If-None-Match", read.header("ETag"))
                        .get("/credentials/acme")
                        .statusCode())
                .isEqualTo(304);
        JsonNode listed = Api.json(api.get("/credentials"));
        assertThat(listed.at("/items/0/name").textValue()).isEqualTo("acme");
        assertThat(listed.path("next").isNull()).isTrue();
        assertThat(created.asString() + read.asString() + listed).doesNotContain("s3cret-1");
        assertThat(Api.json(Api.fresh().get("/credentials")).path("items")).isEmpty();
    }

    @Test
    void an_action_uses_it_and_sees_its_changes_at_once() {
        api.post("/credentials", acme("\"s3cret-1\""));
        register("acme");
        invoke();
        assertThat(provider.requests().get(0).headers()).containsEntry("Authorization", "Bearer s3cret-1");
        assertThat(api.put("/credentials/acme", acme("\"s3cret-2\"")).statusCode())
                .isEqualTo(200);
        invoke();
        assertThat(provider.requests().get(1).headers()).containsEntry("Authorization", "Bearer s3cret-2");
    }

    @Test
    void a_secret_that_is_kept_goes_to_no_further_host() {
        api.post("/credentials", acme("\"s3cret-1\""));
        String kept = acme("{\"set\":true}");
        assertThat(api.put("/credentials/acme", kept).statusCode()).isEqualTo(200);
        String wider = kept.replace("[\"127.0.0.1", "[\"evil.example\", \"127.0.0.1");
        assertProblem(api.put("/credentials/acme", wider), 409, "credential-host-mismatch");
        String again = wider.replace("{\"set\":true}", "\"s3cret-2\"");
        assertThat(api.put("/credentials/acme", again).statusCode()).isEqualTo(200);
    }

    @Test
    void an_action_for_another_host_is_refused() {
        api.post("/credentials", """
                { "name": "acme", "hosts": ["*.example.com"], "authentication": { "type": "bearer", "token": "t-1234" } }""");
        assertProblem(api.post("/actions", action("acme")), 409, "credential-host-mismatch");
    }

    @Test
    void an_action_without_its_credential_is_refused() {
        Response refused = api.post("/actions", action("nobody"));
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).findValuesAsText("code")).containsExactly("credential-not-found");
    }

    @Test
    void a_credential_in_use_stays() {
        api.post("/credentials", acme("\"s3cret-1\""));
        register("acme");
        assertProblem(api.delete("/credentials/acme"), 409, "credential-in-use");
        api.delete("/actions/Sms");
        assertThat(api.delete("/credentials/acme").statusCode()).isEqualTo(204);
        assertProblem(api.get("/credentials/acme"), 404, "not-found");
    }

    @Test
    void a_tag_of_before_is_refused() {
        String tag = api.post("/credentials", acme("\"s3cret-1\"")).header("ETag");
        api.put("/credentials/acme", acme("\"s3cret-2\""));
        assertProblem(
                api.with("If-Match", tag).put("/credentials/acme", acme("\"s3cret-3\"")), 412, "precondition-failed");
        assertProblem(api.with("If-Match", tag).delete("/credentials/acme"), 412, "precondition-failed");
    }

    @Test
    void a_credential_cannot_be_renamed() {
        api.post("/credentials", acme("\"s3cret-1\""));
        assertProblem(
                api.put("/credentials/acme", acme("\"t-1234\"").replace("acme", "other")), 422, "validation-failed");
    }

    private String acme(String token) {
        return ACME.formatted(provider.port(), token);
    }

    private ObjectNode action(String credential) {
        ObjectNode definition = Definitions.message("Sms", provider.url("/v1"));
        definition.putObject("authentication").put("credential", credential);
        return definition;
    }

    private void register(String credential) {
        Response created = api.post("/actions", action(credential));
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
    }

    private void invoke() {
        JsonNode answer = Api.json(api.post("/actions/Sms/invoke", HELLO));
        assertThat(answer.path("outcome").textValue()).as(answer.toString()).isEqualTo("succeeded");
    }
}
