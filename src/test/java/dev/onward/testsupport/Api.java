package dev.onward.testsupport;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.JsonBuffer;
import dev.onward.value.StrictJson;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client of the application under test: a key and a sandbox, sent with every request. Bodies go out byte for byte.
 * Immutable.
 */
public final class Api {

    /** The first key of the test profile. */
    public static final String ADMIN_KEY = "test-admin-key-0123456789";

    private static final String BASE = "/api/v1";
    private static final AtomicInteger SANDBOXES = new AtomicInteger();
    private static final RestAssuredConfig CONFIG = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .defaultContentCharset(StandardCharsets.UTF_8));

    private final Map<String, String> headers;

    private Api(Map<String, String> headers) {
        this.headers = headers;
    }

    /** The administrator in a sandbox that nobody else uses. */
    public static Api fresh() {
        return anonymous().with("Authorization", "Bearer " + ADMIN_KEY).in("test-" + SANDBOXES.incrementAndGet());
    }

    /** Nobody. */
    public static Api anonymous() {
        return new Api(Map.of());
    }

    /** The holder of another key, in the same sandbox. */
    public Api as(String key) {
        return with("Authorization", "Bearer " + key);
    }

    public Api in(String sandbox) {
        return with("x-sandbox-name", sandbox);
    }

    /** The same client, sending one more header. */
    public Api with(String header, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(header, value);
        return new Api(more);
    }

    /** The name of its sandbox. */
    public String sandbox() {
        return headers.getOrDefault("x-sandbox-name", "prod");
    }

    /** Makes a key and gives its text. */
    public String newKey(String role, String... sandboxes) {
        JsonNode names =
                StrictJson.read(("[\"" + String.join("\",\"", sandboxes) + "\"]").getBytes(StandardCharsets.UTF_8));
        String body = "{\"name\":\"a %s\",\"role\":\"%s\",\"sandboxes\":%s}".formatted(role, role, names);
        return post("/keys", body).then().statusCode(201).extract().path("key");
    }

    public Response get(String path) {
        return send(Method.GET, path);
    }

    public Response delete(String path) {
        return send(Method.DELETE, path);
    }

    public Response post(String path, String json) {
        return post(path, json.getBytes(StandardCharsets.UTF_8));
    }

    public Response post(String path, JsonNode json) {
        return post(path, JsonBuffer.bytesOf(json));
    }

    public Response post(String path, byte[] body) {
        return withBody(body).request(Method.POST, BASE + path);
    }

    public Response put(String path, String json) {
        return put(path, json.getBytes(StandardCharsets.UTF_8));
    }

    public Response put(String path, byte[] body) {
        return withBody(body).request(Method.PUT, BASE + path);
    }

    /** A request without a body. The path is sent as it is. */
    public Response send(Method method, String path) {
        return request().request(method, BASE + path);
    }

    private RequestSpecification withBody(byte[] body) {
        String type = headers.getOrDefault("Content-Type", "application/json");
        return request().contentType(type).body(body);
    }

    private RequestSpecification request() {
        return given().config(CONFIG).urlEncodingEnabled(false).headers(headers);
    }

    /** The body of an answer, read strictly. */
    public static JsonNode json(Response response) {
        return StrictJson.read(response.asByteArray());
    }
}
