package dev.onward.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Has calls accepted, over processes that may die at any moment. Each line names a key, so that it may be sent again. */
final class CrashClient {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final String apiKey;

    CrashClient(String apiKey) {
        this.apiKey = apiKey;
    }

    /**
     * Sends numbers to be accepted as calls.
     *
     * @return the ids of the calls by their numbers, as far as a process told them before it died
     */
    Map<Integer, String> accept(int port, List<Integer> numbers) {
        Map<Integer, String> accepted = new TreeMap<>();
        String lines = numbers.stream().map(CrashClient::line).collect(Collectors.joining("\n"));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/actions/Crash/calls"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(lines))
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader answer =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                    read(line, numbers, accepted);
                }
            }
        } catch (IOException died) {
            // What was not told is asked again.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return accepted;
    }

    private static String line(int number) {
        return "{\"arguments\":{\"number\":" + number + "},\"idempotencyKey\":\"crash-" + number + "\"}";
    }

    private static void read(String line, List<Integer> numbers, Map<Integer, String> accepted) {
        JsonNode told = StrictJson.read(line.getBytes(StandardCharsets.UTF_8));
        String callId = told.at("/callIds/0").asText();
        if (!callId.isEmpty()) {
            accepted.put(numbers.get(told.path("line").intValue() - 1), callId);
        }
    }
}
