package dev.onward.catalog;

import static dev.onward.testsupport.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Received;
import dev.onward.testsupport.StubProvider.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each ready-made action against a stub that answers as its provider's public interface says. */
@QuarkusTest
class CatalogHttpTest {

    private static final String TOKEN = "{\"access_token\":\"tok-1234\",\"expires_in\":3600,\"token_type\":\"Bearer\"}";

    @Inject
    Jdbi jdbi;

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void every_entry_is_listed_with_its_settings_and_shown_with_its_definition() {
        JsonNode list = Api.json(api.get("/catalog"));
        assertThat(list.path("items").findValuesAsText("id"))
                .containsExactly(
                        "adobe-campaign", "adobe-io-events", "epsilon", "facebook", "firebase", "slack", "webhook");
        for (JsonNode entry : list.path("items")) {
            assertThat(entry.path("settings")).isNotEmpty();
            assertThat(entry.has("definition")).isFalse();
            String id = entry.path("id").textValue();
            assertThat(Api.json(api.get("/catalog/" + id))
                            .at("/definition/endpoint/url")
                            .textValue())
                    .contains("{{");
        }
    }

    @Test
    void an_entry_that_is_not_there_is_not_found() {
        assertProblem(api.get("/catalog/nobody"), 404, "not-found");
        assertProblem(api.post("/catalog/nobody/install", "{}"), 404, "not-found");
    }

    @Test
    void faulty_settings_are_told_where_they_stand() {
        Response missing = api.post("/catalog/slack/install", "{\"settings\":{\"tokne\":\"s3cret-1\"}}");
        assertProblem(missing, 422, "validation-failed");
        assertThat(Api.json(missing).findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/settings/tokne", "/settings/token");
        Response faulty = api.post(
                "/catalog/slack/install",
                "{\"name\":\"a b\",\"settings\":{\"token\":\"s3cret\\n\",\"baseUrl\":\"https://10.0.0.1\"}}");
        assertProblem(faulty, 422, "validation-failed");
        assertThat(Api.json(faulty).findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/name", "/settings/token", "/settings/baseUrl");
        assertThat(faulty.asString()).doesNotContain("s3cret");
        assertThat(Api.json(api.get("/actions")).path("items")).isEmpty();
    }

    @Test
    void when_its_limit_cannot_be_kept_nothing_of_an_entry_stays() {
        ObjectNode request = Definitions.parse("""
                { "name": "Atomic",
                  "settings": { "url": "%s", "username": "ada", "password": "s3cret", "eventType": "x" } }""".formatted(provider.url("/rest")));
        jdbi.useHandle(handle ->
                handle.execute("alter table onward.limit_config add constraint broken check (false) not valid"));
        try {
            assertThat(api.post("/catalog/adobe-campaign/install", request).statusCode())
                    .isGreaterThanOrEqualTo(500);
        } finally {
            jdbi.useHandle(handle -> handle.execute("alter table onward.limit_config drop constraint broken"));
        }
        assertProblem(api.get("/actions/Atomic"), 404, "not-found");
        Response again = api.post("/catalog/adobe-campaign/install", request);
        assertThat(again.statusCode()).as(again.asString()).isEqualTo(201);
        assertThat(Api.json(again).path("limit").textValue()).isNotEmpty();
    }

    @Test
    void a_taken_name_is_a_conflict() {
        Map<String, String> settings = Map.of("token", "xoxb-1");
        assertThat(install("slack", settings).statusCode()).isEqualTo(201);
        assertProblem(install("slack", settings), 409, "conflict");
    }

    @Test
    void slack() {
        install("slack", Map.of("token", "xoxb-1234", "baseUrl", provider.url("")));
        provider.next(
                Reply.json(200, "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"1.2\"}"),
                Reply.json(200, "{\"ok\":false,\"error\":\"channel_not_found\"}"));
        String arguments = "{\"channel\":\"C1\",\"text\":\"hello\"}";
        JsonNode good = invoke("SlackMessage", arguments, "succeeded");
        JsonNode bad = invoke("SlackMessage", arguments, "failed");
        assertThat(good.at("/response/ts").textValue()).isEqualTo("1.2");
        assertThat(bad.at("/errorResponse/error").textValue()).isEqualTo("channel_not_found");
        Received request = provider.requests().get(0);
        assertThat(request.target()).isEqualTo("/api/chat.postMessage");
        assertThat(request.headers()).containsEntry("Authorization", "Bearer xoxb-1234");
        assertThat(request.body()).isEqualTo("{\"channel\":\"C1\",\"text\":\"hello\"}");
    }

    @Test
    void webhook() {
        install("webhook", Map.of("url", provider.url("/hook"), "secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        invoke(
                "SignedWebhook",
                "{\"type\":\"order.shipped\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":{\"id\":7}}",
                "succeeded");
        Received request = provider.requests().get(0);
        assertThat(request.body())
                .isEqualTo("{\"type\":\"order.shipped\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":{\"id\":7}}");
        assertThat(request.headers()).containsKeys("webhook-id", "webhook-timestamp");
        assertThat(request.headers().get("webhook-signature")).startsWith("v1,");
    }

    @Test
    void facebook() {
        install(
                "facebook",
                Map.of("pixelId", "123", "accessToken", "EAAB-1234", "baseUrl", provider.url(""), "version", "v23.0"));
        provider.next(
                Reply.json(200, "{\"events_received\":1,\"messages\":[],\"fbtrace_id\":\"A1\"}"),
                Reply.json(
                        400,
                        "{\"error\":{\"message\":\"Invalid parameter\",\"type\":\"OAuthException\",\"code\":100}}"));
        String arguments = """
                { "eventName": "Purchase", "eventTime": 1767225600, "hashedEmails": ["aa"], "currency": "EUR",
                  "value": 20.10, "contents": [ { "id": "A", "quantity": 1, "price": 20.10 } ] }""";
        assertThat(invoke("FacebookConversion", arguments, "succeeded")
                        .at("/response/events_received")
                        .intValue())
                .isEqualTo(1);
        assertThat(invoke("FacebookConversion", arguments, "failed")
                        .at("/errorResponse/error/code")
                        .intValue())
                .isEqualTo(100);
        Received request = provider.requests().get(0);
        assertThat(request.target()).isEqualTo("/v23.0/123/events?access_token=EAAB-1234");
        assertThat(Definitions.parse(request.body())
                        .at("/data/0/custom_data/contents/0/item_price")
                        .toString())
                .isEqualTo("20.10");
        assertThat(Definitions.parse(request.body()).at("/data/0/user_data").toString())
                .isEqualTo("{\"em\":[\"aa\"]}");
    }

    @Test
    void adobe_io_events() {
        Response installed = install(
                "adobe-io-events",
                Map.of(
                        "clientId", "client",
                        "clientSecret", "s3cret-1",
                        "providerId", "p-1",
                        "baseUrl", provider.url(""),
                        "tokenUrl", provider.url("/ims/token/v3")));
        assertThat(Api.json(installed).path("limit").textValue()).hasSize(36);
        provider.next(Reply.json(200, TOKEN), Reply.status(204));
        invoke("AdobeIoEvent", "{\"eventCode\":\"shipped\",\"eventId\":\"e-1\",\"data\":{\"id\":7}}", "succeeded");
        assertThat(provider.requests().get(0).target()).isEqualTo("/ims/token/v3");
        assertThat(provider.requests().get(0).body())
                .startsWith("grant_type=client_credentials&client_id=client&client_secret=s3cret-1&scope=openid");
        Received request = provider.requests().get(1);
        assertThat(request.headers())
                .containsEntry("Authorization", "Bearer tok-1234")
                .containsEntry("x-api-key", "client")
                .containsEntry("x-event-phidata", "false")
                .containsEntry("Content-Type", "application/cloudevents+json");
        assertThat(Definitions.parse(request.body()).path("source").textValue()).isEqualTo("urn:uuid:p-1");
    }

    @Test
    void firebase() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        KeyPair pair = generator.generateKeyPair();
        install(
                "firebase",
                Map.of(
                        "projectId",
                        "my-project",
                        "clientEmail",
                        "fcm@my-project.iam.gserviceaccount.com",
                        "privateKeyId",
                        "key-1",
                        "privateKey",
                        pem(pair),
                        "baseUrl",
                        provider.url(""),
                        "tokenUrl",
                        provider.url("/token")));
        provider.next(
                Reply.json(200, TOKEN),
                Reply.json(200, "{\"name\":\"projects/my-project/messages/1\"}"),
                Reply.json(404, "{\"error\":{\"code\":404,\"message\":\"gone\",\"status\":\"NOT_FOUND\"}}"));
        String arguments = "{\"token\":\"device-1\",\"title\":\"Hi\",\"data\":{\"a\":\"b\"}}";
        assertThat(invoke("FirebasePush", arguments, "succeeded")
                        .at("/response/name")
                        .textValue())
                .endsWith("/messages/1");
        assertThat(invoke("FirebasePush", arguments, "failed")
                        .at("/errorResponse/error/status")
                        .textValue())
                .isEqualTo("NOT_FOUND");
        assertAssertion(provider.requests().get(0).body(), pair);
        Received request = provider.requests().get(1);
        assertThat(request.target()).isEqualTo("/v1/projects/my-project/messages:send");
        assertThat(request.body())
                .isEqualTo("{\"message\":{\"token\":\"device-1\",\"notification\":{\"title\":\"Hi\"},"
                        + "\"data\":{\"a\":\"b\"}}}");
    }

    @Test
    void epsilon() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "username", "user",
                "password", "s3cret-1",
                "clientId", "client",
                "clientSecret", "s3cret-2",
                "organizationId", "ou-1",
                "messageId", "m-1",
                "baseUrl", provider.url(""),
                "tokenUrl", provider.url("/Epsilon/oauth2/access_token")));
        install("epsilon", settings);
        provider.next(
                Reply.json(200, TOKEN), Reply.json(200, "{\"resultCode\":\"Success\",\"serviceTransactionId\":\"t\"}"));
        invoke(
                "EpsilonMessage",
                "{\"customerKey\":\"c-1\",\"email\":\"a@example.com\",\"attributes\":[{\"name\":\"n\",\"value\":\"v\"}]}",
                "succeeded");
        assertThat(provider.requests().get(0).body())
                .contains("grant_type=password", "username=user", "password=s3cret-1", "client_secret=s3cret-2");
        Received request = provider.requests().get(1);
        assertThat(request.target()).isEqualTo("/v4/messages/m-1/send");
        assertThat(request.headers()).containsEntry("X-OUID", "ou-1");
        assertThat(Definitions.parse(request.body())
                        .at("/recipients/0/attributes/0/attributeName")
                        .textValue())
                .isEqualTo("n");
    }

    @Test
    void adobe_campaign_brings_its_cap_along() {
        Response installed = install(
                "adobe-campaign",
                Map.of(
                        "url",
                        provider.url("/events"),
                        "username",
                        "u",
                        "password",
                        "s3cret-1",
                        "eventType",
                        "welcome"));
        String uid = Api.json(installed).path("limit").textValue();
        JsonNode capping = Api.json(api.get("/endpointConfigs/" + uid)).path("result");
        assertThat(capping.path("state").textValue()).isEqualTo("deployed");
        assertThat(capping.at("/services/action/rating/maxCallsCount").intValue())
                .isEqualTo(4_000);
        invoke("AdobeCampaignEvent", "{\"email\":\"a@example.com\",\"ctx\":{\"firstName\":\"Ada\"}}", "succeeded");
        assertThat(provider.requests().get(0).body())
                .isEqualTo("{\"channel\":\"email\",\"eventType\":\"welcome\",\"email\":\"a@example.com\","
                        + "\"ctx\":{\"firstName\":\"Ada\"}}");
    }

    private Response install(String id, Map<String, String> settings) {
        ObjectNode request = Definitions.parse("{}");
        ObjectNode given = request.putObject("settings");
        settings.forEach(given::put);
        return api.post("/catalog/" + id + "/install", request);
    }

    private JsonNode invoke(String action, String arguments, String outcome) {
        JsonNode answer = Api.json(api.post("/actions/" + action + "/invoke", "{\"arguments\":" + arguments + "}"));
        assertThat(answer.path("outcome").textValue()).as(answer.toString()).isEqualTo(outcome);
        return answer;
    }

    private static void assertAssertion(String form, KeyPair pair) throws GeneralSecurityException {
        String grant = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=";
        assertThat(form).startsWith(grant);
        String jwt = form.substring(grant.length());
        String[] parts = jwt.split("\\.", -1);
        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                .isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"key-1\"}");
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .contains("\"iss\":\"fcm@my-project.iam.gserviceaccount.com\"", "firebase.messaging");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(pair.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    private static String pem(KeyPair pair) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }
}
