package dev.onward.problem;

import static dev.onward.testsupport.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no door may take: every route that reads a body answers bad ones alike. */
@QuarkusTest
class BadInputHttpTest {

    private static final int MEBIBYTE = 1024 * 1024;

    /** Method and path of every route that reads JSON. */
    private static final List<Door> DOORS = List.of(
            new Door(Method.POST, "/actions"),
            new Door(Method.PUT, "/actions/Sms"),
            new Door(Method.POST, "/actions/infer"),
            new Door(Method.POST, "/actions/Sms/render"),
            new Door(Method.POST, "/actions/Sms/invoke"),
            new Door(Method.POST, "/actions/Sms/test"),
            new Door(Method.POST, "/keys"));

    private static final Map<String, byte[]> MALFORMED = Map.ofEntries(
            Map.entry("empty", new byte[0]),
            Map.entry("white space", utf8(" \n")),
            Map.entry("no JSON", utf8("{name: 1}")),
            Map.entry("cut off", utf8("{\"a\":")),
            Map.entry("trailing text", utf8("{} x")),
            Map.entry("a second document", utf8("{}{}")),
            Map.entry("duplicate keys", utf8("{\"a\":1,\"a\":2}")),
            Map.entry("duplicate keys in the depth", utf8("{\"a\":[{\"b\":1,\"b\":1}]}")),
            Map.entry("byte-order mark", utf8("\uFEFF{}")),
            Map.entry("65 levels", utf8("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}")),
            Map.entry("a million levels", utf8("[".repeat(1_000_000))),
            Map.entry("UTF-16", "{\"a\":1}".getBytes(StandardCharsets.UTF_16BE)),
            Map.entry("invalid UTF-8", new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'}),
            Map.entry("an encoded surrogate", new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}),
            Map.entry("a control character", utf8("\"\u0001\"")),
            Map.entry("a comment", utf8("{}/**/")),
            Map.entry("NaN", utf8("NaN")),
            Map.entry("a huge exponent", utf8("{\"a\":1e1000000000}")),
            Map.entry("a huge number", utf8("1".repeat(1_001))));

    private final Api api = Api.fresh();

    @BeforeEach
    void registerAction() {
        api.post("/actions", Definitions.message("Sms", "https://sms.example.com/"));
    }

    @Test
    void malformed_json_is_400_at_every_door() {
        for (Door door : DOORS) {
            MALFORMED.forEach((what, body) -> {
                Response refused = door.send(api, body);
                assertThat(refused.statusCode()).as("%s at %s", what, door).isEqualTo(400);
                assertProblem(refused, 400, "json-malformed");
            });
        }
    }

    @Test
    void a_document_that_is_no_object_is_422_at_every_door() {
        for (Door door : DOORS) {
            for (String body : List.of("null", "[]", "7", "\"\"", "true")) {
                Response refused = door.send(api, utf8(body));
                assertProblem(refused, 422, "validation-failed");
                assertThat(Api.json(refused).at("/errors/0/code").textValue()).isEqualTo("wrong-type");
            }
        }
    }

    @Test
    void an_unknown_member_is_422_with_its_pointer_at_every_door() {
        for (Door door : DOORS) {
            Response refused = door.send(api, utf8("{\"a/b~c\":1}"));
            assertProblem(refused, 422, "validation-failed");
            assertThat(codeAt(refused, "/a~1b~0c")).isEqualTo("unknown-member");
        }
    }

    @Test
    void another_content_type_is_415_at_every_door() {
        for (Door door : DOORS) {
            for (String type : List.of("text/plain", "application/xml", "application/octet-stream")) {
                assertProblem(door.send(api.with("Content-Type", type), utf8("{}")), 415, "unsupported-media-type");
            }
        }
    }

    @Test
    void another_charset_or_a_compressed_document_is_415_at_every_door() {
        for (Door door : DOORS) {
            for (String charset : List.of("utf-16", "iso-8859-1", "nonsense")) {
                Api other = api.with("Content-Type", "application/json; charset=" + charset);
                assertProblem(door.send(other, utf8("{}")), 415, "unsupported-media-type");
            }
            for (String encoding : List.of("gzip", "br", "identity, gzip")) {
                Api other = api.with("Content-Encoding", encoding);
                assertProblem(door.send(other, utf8("{}")), 415, "unsupported-media-type");
            }
        }
    }

    @Test
    void a_content_type_with_parameters_is_taken() {
        Api other = api.with("Content-Type", "application/json; charset=UTF-8");
        assertThat(other.post("/actions/Sms/render", "{\"arguments\":{\"text\":\"a\"}}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_body_over_one_mebibyte_is_413_at_every_door() {
        for (Door door : DOORS) {
            assertProblem(door.send(api, ofLength(MEBIBYTE + 1)), 413, "body-too-large");
        }
    }

    @Test
    void a_body_of_one_mebibyte_is_read() {
        Response read = api.post("/actions/Sms/invoke", ofLength(MEBIBYTE));
        assertProblem(read, 422, "validation-failed");
    }

    @Test
    void an_unknown_path_is_404_and_an_unknown_method_405() {
        assertProblem(api.get("/nothing"), 404, "not-found");
        assertProblem(api.get("/actions/Sms/nothing"), 404, "not-found");
        assertProblem(api.send(Method.PATCH, "/actions/Sms"), 405, "method-not-allowed");
        assertProblem(api.send(Method.DELETE, "/actions"), 405, "method-not-allowed");
        assertProblem(api.send(Method.PUT, "/keys"), 405, "method-not-allowed");
        assertProblem(api.get("/actions/Sms/invoke"), 405, "method-not-allowed");
    }

    @Test
    void an_answer_in_another_form_is_406() {
        assertProblem(api.with("Accept", "text/html").get("/actions"), 406, "not-acceptable");
    }

    @Test
    void odd_names_are_never_a_fault_of_ours() {
        List<String> names = List.of(
                "%00",
                "..%2f",
                "%2e%2e",
                "..%2F..%2Fetc",
                ";a=b",
                "a;b",
                "%0d%0aX:%20y",
                "%F0%9F%98%80",
                "%C3%A4",
                "%ff%fe",
                "%ED%A0%80",
                "%25",
                "%27%3B--",
                "*",
                "a".repeat(5_000));
        for (String name : names) {
            for (String path : List.of(
                    "/actions/" + name,
                    "/actions/" + name + "/versions",
                    "/actions/" + name + "/versions/1",
                    "/actions/Sms/versions/" + name,
                    "/keys/" + name)) {
                assertNoFaultOfOurs(api.get(path), path);
                assertNoFaultOfOurs(api.delete(path), path);
            }
            assertNoFaultOfOurs(api.post("/actions/" + name + "/invoke", "{}"), name);
            assertNoFaultOfOurs(
                    api.put("/actions/" + name, Definitions.smallest("A").toString()), name);
        }
    }

    @Test
    void a_sandbox_name_must_be_one() {
        for (String name : List.of("", "PROD", "a b", "a_b", "a".repeat(65), "..", "prod/x")) {
            assertProblem(api.in(name).get("/actions"), 422, "validation-failed");
            assertProblem(api.in(name).post("/actions/Sms/invoke", "{}"), 422, "validation-failed");
        }
        assertThat(api.in("a".repeat(64)).get("/actions").statusCode()).isEqualTo(200);
    }

    private static void assertNoFaultOfOurs(Response response, String what) {
        assertThat(response.statusCode()).as(what).isLessThan(500);
        if (response.statusCode() >= 400) {
            assertThat(response.contentType()).as(what).startsWith("application/problem+json");
        }
    }

    private static String codeAt(Response refused, String pointer) {
        for (JsonNode error : Api.json(refused).get("errors")) {
            if (error.get("pointer").textValue().equals(pointer)) {
                return error.get("code").textValue();
            }
        }
        return "nothing at " + pointer + " in " + refused.asString();
    }

    /** A JSON document of so many bytes. */
    private static byte[] ofLength(int bytes) {
        String frame = "{\"junk\":\"\"}";
        return utf8("{\"junk\":\"" + "x".repeat(bytes - frame.length()) + "\"}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record Door(Method method, String path) {
        Response send(Api api, byte[] body) {
            return method == Method.PUT ? api.put(path, body) : api.post(path, body);
        }
    }
}
