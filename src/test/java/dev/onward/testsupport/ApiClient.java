package dev.onward.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A client of a running Onward, with one API key. Every method waits for the answer, and throws {@link
 * UncheckedIOException} when none comes. Thread-safe.
 */
public final class ApiClient {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI base;
    private final String key;

    ApiClient(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public Answer post(String path, String json) {
        return send("POST", path, BodyPublishers.ofString(json));
    }

    /** Sends lines of JSON. */
    public Answer postLines(String path, String lines) {
        return send("POST", path, "application/x-ndjson", BodyPublishers.ofString(lines));
    }

    public Answer put(String path, String json) {
        return send("PUT", path, BodyPublishers.ofString(json));
    }

    private Answer send(String method, String path, BodyPublisher body) {
        return send(method, path, "application/json", body);
    }

    private Answer send(String method, String path, String contentType, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(LONGEST_ANSWER)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", contentType)
                .method(method, body)
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException noAnswer) {
            throw new UncheckedIOException(noAnswer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What came back. */
    public record Answer(int status, String body) {

        public JsonNode json() {
            return StrictJson.read(body.getBytes(StandardCharsets.UTF_8));
        }
    }
}
