package dev.onward.credential;

import static dev.onward.testsupport.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Reply;
import dev.onward.value.JsonBuffer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Secrets inside definitions, from registration to the wire. */
@QuarkusTest
class InlineCredentialHttpTest {

    private static final String MARKER = "marker-of-a-s3cret";
    private static final String HELLO = "{\"profileId\":\"p-1\",\"arguments\":{\"text\":\"hello\"}}";
    private static final String BASIC = "{\"type\":\"basic\",\"username\":\"ada\",\"password\":\"" + MARKER + "\"}";
    private static final String KEPT = "{\"type\":\"basic\",\"username\":\"ada\",\"password\":{\"set\":true}}";

    @Inject
    Jdbi jdbi;

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void a_password_is_sent_and_never_shown() {
        provider.usually(
                Reply.json(200, "{\"id\":\"sent with " + MARKER + "\"}").with("X-Echo", MARKER));
        Response created = create(definition(BASIC));
        JsonNode password = Api.json(created).at("/authentication/password");
        assertThat(password.path("set").booleanValue()).isTrue();
        assertThat(password.path("updatedAt").textValue()).endsWith("Z");
        Response invoked = api.post("/actions/Sms/invoke", HELLO);
        Response tested = api.post("/actions/Sms/test", HELLO);
        Response rendered = api.post("/actions/Sms/render", HELLO);
        assertThat(provider.requests().get(0).headers())
                .containsEntry("Authorization", "Basic YWRhOm1hcmtlci1vZi1hLXMzY3JldA==");
        assertThat(Api.json(invoked).at("/response/id").textValue()).isEqualTo("sent with ***");
        assertThat(Api.json(rendered).at("/headers/Authorization").textValue()).isEqualTo("***");
        for (Response answer : List.of(
                created,
                invoked,
                tested,
                rendered,
                api.get("/actions/Sms"),
                api.get("/actions/Sms/versions/1"),
                api.get("/actions?q=Sms"),
                api.get("/logs/" + Api.json(invoked).path("callId").textValue()))) {
            assertThat(answer.statusCode()).isLessThan(300);
            assertThat(answer.asString()).doesNotContain(MARKER).doesNotContain("YWRhOm1hcmtlci1vZi1hLXMzY3JldA");
        }
    }

    @Test
    void no_table_holds_a_secret_as_it_is() {
        create(definition(BASIC));
        List<String> tables = jdbi.withHandle(handle -> handle.createQuery(
                        "select table_name from information_schema.tables where table_schema = 'onward'")
                .mapTo(String.class)
                .list());
        assertThat(tables).contains("secret", "action_version");
        for (String table : tables) {
            List<String> rows =
                    jdbi.withHandle(handle -> handle.createQuery("select t::text from onward." + table + " t")
                            .mapTo(String.class)
                            .list());
            assertThat(rows).as(table).noneMatch(row -> row.contains(MARKER));
        }
    }

    @Test
    void a_secret_that_is_sent_back_as_it_was_read_is_kept() {
        JsonNode read = Api.json(create(definition(BASIC)));
        Response replaced = api.put("/actions/Sms", JsonBuffer.textOf(read));
        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(Api.json(replaced).at("/authentication/password")).isEqualTo(read.at("/authentication/password"));
        invoke();
        assertThat(provider.requests().get(0).headers()).containsKey("Authorization");
    }

    @Test
    void another_host_drops_the_secret() {
        create(definition(BASIC));
        ObjectNode moved = definition(KEPT);
        ((ObjectNode) moved.path("endpoint")).put("url", "http://127.0.0.1:1/v1");
        assertProblem(api.put("/actions/Sms", JsonBuffer.textOf(moved)), 409, "credential-host-mismatch");
        ((ObjectNode) moved.path("authentication")).put("password", "another-s3cret");
        assertThat(api.put("/actions/Sms", JsonBuffer.textOf(moved)).statusCode())
                .isEqualTo(200);
        assertProblem(api.put("/actions/Sms", JsonBuffer.textOf(definition(KEPT))), 409, "credential-host-mismatch");
        assertProblem(api.post("/actions/Sms/versions/1/restore", new byte[0]), 409, "credential-host-mismatch");
    }

    @Test
    void a_restored_version_has_todays_password() {
        create(definition(BASIC));
        api.put("/actions/Sms", JsonBuffer.textOf(definition(BASIC.replace(MARKER, "another-s3cret"))));
        assertThat(api.post("/actions/Sms/versions/1/restore", new byte[0]).statusCode())
                .isEqualTo(200);
        invoke();
        assertThat(provider.requests().get(0).headers())
                .containsEntry("Authorization", "Basic YWRhOmFub3RoZXItczNjcmV0");
    }

    @Test
    void a_version_whose_secret_is_gone_cannot_be_restored_and_shows_that_it_is_not_set() {
        create(definition(BASIC));
        api.put("/actions/Sms", JsonBuffer.textOf(definition("{\"type\":\"none\"}")));
        Response old = api.get("/actions/Sms/versions/1");
        assertThat(Api.json(old).at("/authentication/password").toString()).isEqualTo("{\"set\":false}");
        Response refused = api.post("/actions/Sms/versions/1/restore", new byte[0]);
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).findValuesAsText("code")).containsExactly("secret-missing");
    }

    @Test
    void a_marker_without_a_stored_value_is_refused() {
        Response refused = api.post("/actions", definition(KEPT));
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).findValuesAsText("pointer")).containsExactly("/authentication/password");
    }

    @Test
    void a_faulty_document_repeats_no_secret() {
        ObjectNode faulty = definition("{\"type\":\"basic\",\"username\":\"a:b\",\"password\":\"" + MARKER
                + "\",\"token\":\"" + MARKER + "\",\"value\":[\"" + MARKER + "\"]}");
        Response refused = api.post("/actions", faulty);
        assertProblem(refused, 422, "validation-failed");
        assertThat(refused.asString()).doesNotContain(MARKER);
    }

    @Test
    void secret_constants_are_sent_and_never_shown() {
        ObjectNode definition = definition("{\"type\":\"none\"}");
        ObjectNode endpoint = (ObjectNode) definition.path("endpoint");
        endpoint.putObject("headers").putObject("X-Tenant").put("secret", MARKER);
        endpoint.putObject("query").putObject("key").put("secret", MARKER + " &");
        JsonNode created = Api.json(create(definition));
        assertThat(created.at("/endpoint/headers/X-Tenant/set").booleanValue()).isTrue();
        assertThat(created.at("/endpoint/query/key/set").booleanValue()).isTrue();
        JsonNode answer = Api.json(api.post("/actions/Sms/test", HELLO));
        assertThat(provider.requests().get(0).headers()).containsEntry("X-Tenant", MARKER);
        assertThat(provider.requests().get(0).target()).isEqualTo("/v1?key=" + MARKER + "%20%26");
        assertThat(answer.at("/exchange/request/url").textValue()).endsWith("/v1?key=***");
        assertThat(answer.toString()).doesNotContain(MARKER);
        assertThat(Api.json(api.post("/actions/Sms/render", HELLO)).path("url").textValue())
                .endsWith("/v1?key=***");
    }

    @Test
    void a_secret_that_an_invocation_repeats_is_not_shown_either() {
        String secret = "repeated-s3cret";
        ObjectNode definition = definition("{\"type\":\"none\"}");
        ObjectNode endpoint = (ObjectNode) definition.path("endpoint");
        endpoint.putObject("headers").putObject("X-Tenant").put("secret", secret);
        ObjectNode query = endpoint.putObject("query");
        query.putObject("pin").put("secret", "123");
        query.put("q", "${text}");
        create(definition);
        String repeated =
                HELLO.replace("hello", secret).replace("{\"profileId", "{\"path\":\"a/" + secret + "\",\"profileId");
        Response invoked = api.post("/actions/Sms/invoke", repeated);
        assertThat(provider.requests().get(0).target()).isEqualTo("/v1/a/" + secret + "?q=" + secret + "&pin=123");
        JsonNode logged =
                Api.json(api.get("/logs/" + Api.json(invoked).path("callId").textValue()));
        String shown = "/v1/a/***?q=***&pin=***";
        assertThat(logged.path("url").textValue()).endsWith("/v1/a/***?q=***");
        assertThat(logged.at("/attemptRecords/0/request/url").textValue()).endsWith(shown);
        JsonNode rendered = Api.json(api.post("/actions/Sms/render", repeated));
        assertThat(rendered.path("url").textValue()).endsWith(shown);
        Response accepted = api.post("/actions/Sms/calls", repeated);
        assertThat(logged + "" + rendered + accepted.asString()).doesNotContain(secret);
        jdbi.useHandle(handle -> assertThat(handle.select("select url from onward.durable_call")
                        .mapTo(String.class)
                        .list())
                .allMatch(url -> !url.contains(secret)));
    }

    @Test
    void a_secret_that_was_tampered_with_sends_nothing() {
        create(definition(BASIC));
        jdbi.useHandle(handle -> handle.execute(
                "update onward.secret set sealed = 'v1.k1.AAAA.AAAA.AAAA' where sandbox = ?", api.sandbox()));
        JsonNode answer = Api.json(api.post("/actions/Sms/invoke", HELLO));
        assertThat(answer.path("outcome").textValue()).isEqualTo("failed");
        assertThat(answer.at("/error/code").textValue()).isEqualTo("secret-unavailable");
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void a_deleted_action_leaves_no_secret_behind() {
        create(definition(BASIC));
        api.delete("/actions/Sms");
        int left = jdbi.withHandle(handle -> handle.createQuery("select count(*) from onward.secret where sandbox = ?")
                .bind(0, api.sandbox())
                .mapTo(Integer.class)
                .one());
        assertThat(left).isZero();
    }

    @Test
    void the_custom_authorization_of_the_model_system_works_field_for_field() {
        provider.next(Reply.json(200, "{\"token\":\"tok-1234\",\"expiryDuration\":5}"));
        create(definition("""
                { "type": "customAuthorization", "endpoint": "%s", "method": "POST",
                  "headers": { "Authorization": "Basic EncodeBase64(client:%s)", "X-App": "onward" },
                  "body": { "bodyType": "json", "bodyParams": { "login": { "user": "ada", "password": "%s" }, "n": 7 } },
                  "tokenInResponse": "json://token",
                  "cacheDuration": { "expiryInResponse": "json://expiryDuration", "timeUnit": "minutes" },
                  "authorizationType": "header", "tokenTarget": "x-auth-token" }""".formatted(provider.url("/login"), MARKER, MARKER)));
        JsonNode tested = Api.json(api.post("/actions/Sms/test", HELLO));
        invoke();
        assertThat(provider.requests()).hasSize(3);
        assertThat(provider.requests().get(0).body())
                .isEqualTo("{\"login\":{\"user\":\"ada\",\"password\":\"" + MARKER + "\"},\"n\":7}");
        assertThat(provider.requests().get(0).headers())
                .containsEntry("Authorization", "Basic Y2xpZW50Om1hcmtlci1vZi1hLXMzY3JldA==")
                .containsEntry("Content-Type", "application/json; charset=UTF-8");
        assertThat(provider.requests().get(2).headers()).containsEntry("x-auth-token", "tok-1234");
        assertThat(tested.at("/authenticationRequest/url").textValue()).endsWith("/login");
        assertThat(tested.at("/authenticationResponse/body").textValue())
                .isEqualTo("{\"token\":\"***\",\"expiryDuration\":5}");
        assertThat(tested.toString()).doesNotContain(MARKER).doesNotContain("tok-1234");
    }

    @Test
    void the_oauth_document_of_a_custom_channel_is_imported() {
        provider.next(Reply.json(200, "{\"access_token\":\"tok-1234\"}"));
        String sent = """
                { "endpoint": "%s", "method": "POST",
                  "request": { "payload": { "type": "form", "body": { "client_secret": "%s" } } },
                  "tokenPath": "access_token", "locationConfig": { "type": "bearer" } }""".formatted(provider.url("/token"), MARKER);
        JsonNode created = Api.json(create(definition(sent)));
        invoke();
        assertThat(created.at("/authentication/type").textValue()).isEqualTo("customAuthorization");
        assertThat(created.at("/authentication/body/bodyParams/client_secret/set")
                        .booleanValue())
                .isTrue();
        assertThat(provider.requests().get(0).body()).isEqualTo("client_secret=" + MARKER);
        assertThat(provider.requests().get(1).headers()).containsEntry("Authorization", "Bearer tok-1234");
        Response refused = api.post("/actions", definition(sent.replace("\"tokenPath\"", "\"grant\":1,\"tokenPath\"")));
        assertProblem(refused, 422, "validation-failed");
        assertThat(refused.asString()).doesNotContain(MARKER);
    }

    @Test
    void client_credentials_are_a_form() {
        provider.next(Reply.json(200, "{\"access_token\":\"tok-1234\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"));
        create(definition("""
                { "type": "oauth2", "grant": "client_credentials", "tokenUrl": "%s", "clientId": "a b",
                  "clientSecret": "%s", "scope": "x y" }""".formatted(provider.url("/token"), MARKER)));
        invoke();
        assertThat(provider.requests().get(0).body())
                .isEqualTo("grant_type=client_credentials&client_id=a+b&client_secret=" + MARKER + "&scope=x+y");
        assertThat(provider.requests().get(1).headers()).containsEntry("Authorization", "Bearer tok-1234");
    }

    @Test
    void a_refresh_token_that_the_provider_replaces_is_kept() {
        provider.next(
                Reply.json(200, "{\"access_token\":\"tok-1\",\"refresh_token\":\"next-s3cret\"}"),
                Reply.json(200, "{\"access_token\":\"tok-2\"}"));
        create(definition("""
                { "type": "oauth2", "grant": "refresh_token", "tokenUrl": "%s", "clientId": "a",
                  "refreshToken": "%s" }""".formatted(provider.url("/token"), MARKER)));
        Response first = api.post("/actions/Sms/check-authentication", new byte[0]);
        Response second = api.post("/actions/Sms/check-authentication", new byte[0]);
        assertThat(provider.requests().get(0).body()).contains("refresh_token=" + MARKER);
        assertThat(provider.requests().get(1).body()).contains("refresh_token=next-s3cret");
        assertThat(first.asString() + second.asString()).doesNotContain(MARKER).doesNotContain("next-s3cret");
    }

    @Test
    void a_refresh_token_among_the_parameters_of_a_custom_authorization_is_kept_as_well() {
        provider.next(
                Reply.json(200, "{\"token\":\"tok-1\",\"refresh_token\":\"next-\\\"s3cret\"}"),
                Reply.json(200, "{\"token\":\"tok-2\"}"));
        create(definition("""
                { "type": "customAuthorization", "endpoint": "%s", "method": "POST",
                  "body": { "bodyType": "form", "bodyParams": { "refresh_token": "%s" } },
                  "tokenInResponse": "json://token", "authorizationType": "bearer" }""".formatted(provider.url("/token"), MARKER)));
        api.post("/actions/Sms/check-authentication", new byte[0]);
        api.post("/actions/Sms/check-authentication", new byte[0]);
        assertThat(provider.requests().get(0).body()).contains("refresh_token=" + MARKER);
        assertThat(provider.requests().get(1).body()).contains("refresh_token=next-%22s3cret");
    }

    @Test
    void a_refusal_that_repeats_tokens_and_secrets_shows_none() {
        provider.usually(Reply.json(400, """
                {"error":"invalid_grant","refresh_token":"other-s3cret","request":"client_secret=abc&password=%s&n=1",
                 "sent":[{"id_token":"id-s3cret"}]}""".formatted(MARKER)));
        create(definition("""
                { "type": "oauth2", "grant": "client_credentials", "tokenUrl": "%s", "clientId": "a",
                  "clientSecret": "abc" }""".formatted(provider.url("/token"))));
        Response checked = api.post("/actions/Sms/check-authentication", new byte[0]);
        Response tested = api.post("/actions/Sms/test", HELLO);
        Response logged = api.get("/logs/" + Api.json(tested).path("callId").textValue());
        for (Response answer : List.of(checked, tested, logged)) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.asString()).doesNotContain("other-s3cret", "id-s3cret", MARKER, "client_secret=abc");
        }
        assertThat(Api.json(checked).at("/authenticationResponse/body").textValue())
                .isEqualTo("{\"error\":\"invalid_grant\",\"refresh_token\":\"***\","
                        + "\"request\":\"client_secret=***&password=***&n=1\",\"sent\":[{\"id_token\":\"***\"}]}");
        assertThat(Api.json(checked).at("/authenticationRequest/body").textValue())
                .endsWith("client_id=a&client_secret=***");
    }

    @Test
    void a_certificate_credential_wants_https_a_certificate_and_a_client() {
        Response refused = api.post("/actions", definition("""
                { "type": "customAuthorization", "subType": "certificateCredential", "endpoint": "%s", "method": "GET",
                  "certificate": "x", "privateKey": "%s", "tokenInResponse": "access_token",
                  "cacheDuration": { "duration": 1, "expiryInResponse": "json://x", "timeUnit": "seconds" },
                  "authorizationType": "header" }""".formatted(provider.url("/token"), MARKER)));
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).path("errors").findValuesAsText("code"))
                .contains("https-required", "token-path-invalid", "duration-ambiguous", "missing", "not-allowed");
        assertThat(refused.asString()).doesNotContain(MARKER);
    }

    @Test
    void a_token_endpoint_that_may_not_be_called_is_refused_at_registration() {
        Response refused = api.post("/actions", definition("""
                { "type": "oauth2", "grant": "client_credentials", "tokenUrl": "http://10.0.0.1/token", "clientId": "a",
                  "clientSecret": "b" }"""));
        assertProblem(refused, 422, "validation-failed");
        assertThat(Api.json(refused).findValuesAsText("pointer")).contains("/authentication/tokenUrl");
    }

    @Test
    void authentication_is_checked_by_itself() {
        provider.next(
                Reply.json(200, "{\"access_token\":\"tok-1234\"}"), Reply.json(400, "{\"error\":\"invalid_client\"}"));
        create(definition("""
                { "type": "oauth2", "grant": "client_credentials", "tokenUrl": "%s", "clientId": "a",
                  "clientSecret": "%s" }""".formatted(provider.url("/token"), MARKER)));
        JsonNode good = Api.json(api.post("/actions/Sms/check-authentication", new byte[0]));
        JsonNode bad = Api.json(api.post("/actions/Sms/check-authentication", new byte[0]));
        assertThat(good.path("authenticated").booleanValue()).isTrue();
        assertThat(good.at("/authenticationResponse/status").intValue()).isEqualTo(200);
        assertThat(bad.path("authenticated").booleanValue()).isFalse();
        assertThat(bad.at("/error/code").textValue()).isEqualTo("auth-failed");
        assertThat(bad.at("/authenticationResponse/body").textValue()).isEqualTo("{\"error\":\"invalid_client\"}");
        assertThat(provider.requests())
                .hasSize(2)
                .allMatch(request -> request.target().equals("/token"));
        assertThat(good + "" + bad).doesNotContain(MARKER).doesNotContain("tok-1234");
    }

    @Test
    void what_needs_no_token_is_checked_without_asking_anybody() {
        create(definition(BASIC));
        JsonNode checked = Api.json(api.post("/actions/Sms/check-authentication", new byte[0]));
        assertThat(checked.toString()).isEqualTo("{\"authenticated\":true}");
        assertThat(provider.requests()).isEmpty();
        assertProblem(api.post("/actions/Nobody/check-authentication", new byte[0]), 404, "not-found");
    }

    private Response create(ObjectNode definition) {
        Response created = api.post("/actions", definition);
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        return created;
    }

    private void invoke() {
        JsonNode answer = Api.json(api.post("/actions/Sms/invoke", HELLO));
        assertThat(answer.path("outcome").textValue()).as(answer.toString()).isEqualTo("succeeded");
    }

    private ObjectNode definition(String authentication) {
        ObjectNode definition = Definitions.message("Sms", provider.url("/v1"));
        definition.set("authentication", Definitions.parse(authentication));
        return definition;
    }
}
