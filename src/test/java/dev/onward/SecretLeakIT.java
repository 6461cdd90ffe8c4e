package dev.onward;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.call.auth.ClientIdentity;
import dev.onward.database.TestServer;
import dev.onward.testsupport.ApiClient;
import dev.onward.testsupport.ApiClient.Answer;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.EchoProvider;
import dev.onward.testsupport.InTarget;
import dev.onward.testsupport.Markers;
import dev.onward.testsupport.PackagedOnward;
import dev.onward.testsupport.TestCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of secret, each with a marker of its own, used against a provider that repeats all it is sent: no marker is
 * found anywhere that a person or a backup reads.
 */
class SecretLeakIT {

    private static final String SECRET_KEY = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir(factory = InTarget.class, cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static final Markers MARKERS = new Markers();
    private static final TestServer SERVER = TestServer.start();
    private static final EchoProvider PROVIDER = EchoProvider.start();

    /** What was answered, by the request. */
    private static final Map<String, String> ANSWERS = new LinkedHashMap<>();

    private static String database;
    private static PackagedOnward onward;
    private static ApiClient api;

    @BeforeAll
    static void use_every_secret() throws Exception {
        String adminKey = MARKERS.plain("admin key");
        Path settings = Files.createDirectories(folder.resolve("config")).resolve("application.properties");
        Files.writeString(settings, "onward.admin-key=" + adminKey + "\n");
        database = SERVER.newEmptyDatabase();
        Map<String, String> environment = new HashMap<>(SERVER.environment(database));
        environment.put("ONWARD_SECRET_KEYS", SECRET_KEY);
        environment.put("ONWARD_EGRESS_ALLOW", "127.0.0.1");
        environment.put("ONWARD_EGRESS_SCHEMES", "https,http");
        onward = PackagedOnward.start(folder, environment).awaitReady();
        api = onward.client(adminKey);
        PROVIDER.at("/token", Map.of("access_token", MARKERS.of("access token"), "expires_in", "3600"))
                .at("/refuse/token", Map.of("id_token", MARKERS.of("refused token")))
                .at(
                        "/rotate",
                        Map.of(
                                "access_token", MARKERS.of("second access token"),
                                "refresh_token", MARKERS.of("next refresh token")));
        Map<String, String> authentications = authentications();
        authentications.put("Shown", shown());
        for (String name : authentications.keySet()) {
            use(name, authentications.get(name));
        }
        export(authentications.keySet().iterator().next());
        key();
    }

    @AfterAll
    static void end() {
        onward.close();
        PROVIDER.close();
        SERVER.close();
    }

    @Test
    void every_marker_was_used() {
        assertThat(MARKERS.namesIn(PROVIDER.received()))
                .contains(
                        "password",
                        "header key",
                        "query key",
                        "bearer token",
                        "custom header",
                        "custom parameter",
                        "client secret",
                        "refresh token",
                        "next refresh token",
                        "access token",
                        "secret header",
                        "secret query",
                        "named password");
    }

    @Test
    void no_answer_shows_one() {
        assertThat(ANSWERS).hasSizeGreaterThan(80);
        ANSWERS.forEach(SecretLeakIT::assertClean);
        assertThat(String.join("", ANSWERS.values())).contains("***");
    }

    @Test
    void what_the_process_prints_and_measures_shows_none() {
        assertThat(onward.output()).contains("Listening on");
        assertClean("output", onward.output());
        assertClean("metrics", api.get("/q/metrics").body());
        assertClean("health", api.get("/q/health").body());
    }

    @Test
    void no_table_of_the_database_holds_one() {
        Map<String, List<String>> tables = SERVER.rows(database);
        assertThat(tables)
                .containsKeys("onward.secret", "onward.action_version", "onward.api_key", "onward.stored_invocation");
        tables.forEach((table, rows) -> assertClean(table, String.join("\n", rows)));
    }

    @Test
    void neither_command_line_nor_environment_of_the_process_holds_one() throws IOException {
        Path process = Path.of("/proc", Long.toString(onward.pid()));
        if (Files.isDirectory(process)) {
            for (String file : List.of("cmdline", "environ")) {
                byte[] bytes = Files.readAllBytes(process.resolve(file));
                assertClean(file, new String(bytes, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static void assertClean(String where, String text) {
        assertThat(MARKERS.namesIn(text)).as("markers in %s: %s", where, text).isEmpty();
    }

    private static Map<String, String> authentications() {
        Map<String, String> by = new LinkedHashMap<>();
        by.put("Basic", "{\"type\":\"basic\",\"username\":\"ada\",\"password\":\"$password$\"}");
        by.put(
                "HeaderKey",
                "{\"type\":\"apiKey\",\"name\":\"X-Key\",\"location\":\"header\",\"value\":\"$header key$\"}");
        by.put(
                "QueryKey",
                "{\"type\":\"apiKey\",\"name\":\"key\",\"location\":\"queryParam\",\"value\":\"$query key$\"}");
        by.put("Bearer", "{\"type\":\"bearer\",\"token\":\"$bearer token$\"}");
        by.put("Custom", """
                { "type": "customAuthorization", "endpoint": "%s", "method": "POST",
                  "headers": { "Authorization": "Basic EncodeBase64(client:$custom header$)" },
                  "body": { "bodyType": "json", "bodyParams": { "login": { "word": "$custom parameter$" } } },
                  "tokenInResponse": "json://access_token", "authorizationType": "queryParam",
                  "tokenTarget": "tk" }""".formatted(PROVIDER.url("/token")));
        by.put("Client", """
                { "type": "oauth2", "grant": "client_credentials", "tokenUrl": "%s", "clientId": "a",
                  "clientSecret": "$client secret$" }""".formatted(PROVIDER.url("/token")));
        by.put("Refused", """
                { "type": "oauth2", "grant": "password", "tokenUrl": "%s", "username": "ada",
                  "password": "$user password$" }""".formatted(PROVIDER.url("/refuse/token")));
        by.put("Refresh", """
                { "type": "oauth2", "grant": "refresh_token", "tokenUrl": "%s", "clientId": "a",
                  "refreshToken": "$refresh token$" }""".formatted(PROVIDER.url("/rotate")));
        by.put("Assertion", """
                { "type": "oauth2", "grant": "jwt_bearer", "tokenUrl": "%s", "issuer": "a",
                  "privateKey": "%s" }""".formatted(
                        PROVIDER.url("/token"), MARKERS.pem("private key").replace("\n", "\\n")));
        by.put("Signed", "{\"type\":\"signature\",\"scheme\":\"hmac-sha256\",\"secret\":\"$signature key$\"}");
        by.put("Constants", "{\"type\":\"none\"}");
        by.put("Named", "{\"credential\":\"shared\"}");
        by.replaceAll((name, text) -> MARKERS.filled(text));
        return by;
    }

    /** A certificate for providers that ask for one. */
    private static String shown() throws Exception {
        TestCertificates certificates = TestCertificates.in(folder);
        certificates.sign("client", "client.test");
        ClientIdentity identity = certificates.identity("client");
        ObjectNode authentication = Definitions.parse("{\"type\":\"none\"}");
        authentication
                .putObject("mtls")
                .put("certificate", identity.certificate())
                .put(
                        "privateKey",
                        MARKERS.watched("client key", identity.privateKey().reveal()));
        return authentication.toString();
    }

    private static void use(String name, String authentication) {
        if (name.equals("Named")) {
            post(
                    "/api/v1/credentials",
                    MARKERS.filled("""
                    { "name": "shared", "hosts": ["HOST"], "authentication":
                      { "type": "basic", "username": "ada", "password": "$named password$" } }""".replace("HOST", PROVIDER.url("").substring("http://".length()))),
                    201);
            get("/api/v1/credentials/shared");
            get("/api/v1/credentials");
        }
        String path = "/api/v1/actions/" + name;
        post("/api/v1/actions", definition(name, authentication, "/echo").toString(), 201);
        call(path);
        ObjectNode refused = definition(name, authentication, "/refuse");
        ANSWERS.put("PUT " + path, api.put(path, refused.toString()).body());
        call(path);
        get(path);
        get(path + "/versions");
        get(path + "/versions/1");
    }

    private static void call(String path) {
        String invocation = "{ \"profileId\": \"p-1\", \"arguments\": { \"text\": \"hello\" } }";
        for (String verb : List.of("render", "invoke", "test", "check-authentication")) {
            String answer = post(path + "/" + verb, verb.startsWith("check") ? "" : invocation, 200);
            JsonNode callId = Definitions.parse(answer).path("callId");
            if (callId.isTextual()) {
                get("/api/v1/logs/" + callId.textValue());
            }
        }
        if (path.endsWith("/Refused")) {
            // Without a token a durable call goes on trying for hours.
            return;
        }
        String accepted = post(path + "/calls", invocation, 202);
        String log =
                "/api/v1/logs/" + Definitions.parse(accepted).at("/callIds/0").textValue();
        await().until(() -> api.get(log).json().path("state").asText().equals("ended"));
        get(log);
    }

    private static ObjectNode definition(String name, String authentication, String path) {
        ObjectNode definition =
                Definitions.merged(Definitions.message(name, PROVIDER.url(path)), Definitions.parse("""
                        { "response": { "payload": { "echo": "x", "decoded": "x" }, "headers": { "X-Echo": "header" } },
                          "errorResponse": { "payload": { "echo": "x", "decoded": "x" } },
                          "retry": { "maxRetries": 0 } }"""));
        definition.set("authentication", Definitions.parse(authentication));
        if (name.equals("Constants")) {
            ObjectNode endpoint = (ObjectNode) definition.path("endpoint");
            endpoint.putObject("headers").putObject("X-Secret").put("secret", MARKERS.of("secret header"));
            endpoint.putObject("query").putObject("q").put("secret", MARKERS.of("secret query"));
        }
        return definition;
    }

    private static void export(String action) {
        post("/api/v1/events/definitions", "{\"name\":\"SignedUp\",\"sample\":{\"name\":\"Ada\"}}", 201);
        post("/api/v1/journeys", """
                { "name": "Welcome", "entry": { "event": "SignedUp" },
                  "steps": [ { "id": "s", "action": "%s", "arguments": { "text": "'x'" } } ] }""".formatted(action), 201);
        get("/api/v1/journeys/Welcome/export");
        get("/api/v1/journeys/Welcome/export?format=yaml");
        get("/api/v1/actions");
        get("/api/v1/logs");
    }

    /** Its answer shows it, once. */
    private static void key() {
        Answer made = api.post("/api/v1/keys", "{\"name\":\"k\",\"role\":\"admin\",\"sandboxes\":[\"prod\"]}");
        String key = made.json().path("key").textValue();
        MARKERS.add("API key", key);
        onward.client(key).get("/api/v1/actions");
        get("/api/v1/keys");
    }

    private static String post(String path, String body, int status) {
        Answer answer = api.post(path, body);
        assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(status);
        String key = "POST " + path + " " + ANSWERS.size();
        ANSWERS.put(key, answer.body());
        return answer.body();
    }

    private static void get(String path) {
        Answer answer = api.get(path);
        assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
        ANSWERS.put("GET " + path + " " + ANSWERS.size(), answer.body());
    }
}
