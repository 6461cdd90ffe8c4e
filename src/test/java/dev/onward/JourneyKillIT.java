package dev.onward;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.ApiClient;
import dev.onward.testsupport.InTarget;
import dev.onward.testsupport.PackagedOnward;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Received;
import dev.onward.testsupport.StubProvider.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A kill while profiles are on their way: each comes to its end, once, and is called twice at most. */
class JourneyKillIT {

    private static final int PROFILES = 100;
    private static final Duration LONGEST = Duration.ofSeconds(90);

    @TempDir(factory = InTarget.class, cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private final StubProvider provider = StubProvider.start();
    private PackagedOnward onward = start();

    @AfterEach
    void end() {
        onward.close();
        provider.close();
    }

    @Test
    void every_profile_of_an_accepted_event_comes_to_its_end_once() {
        provider.usually(Reply.status(204).after(Duration.ofMillis(100)));
        ApiClient client = onward.client(PingAction.KEY);
        publish(client);
        for (int i = 0; i < PROFILES; i++) {
            String event = "{ \"eventId\": \"e-%d\", \"name\": \"Tell\", \"profileId\": \"p-%d\" }".formatted(i, i);
            assertThat(client.post("/api/v1/events", event).status()).isEqualTo(202);
        }
        await().atMost(LONGEST).until(() -> provider.requests().size() > PROFILES / 2);

        onward.kill9();
        onward = start();

        ApiClient again = onward.client(PingAction.KEY);
        await().atMost(LONGEST).until(() -> completed(again) == PROFILES);
        Map<String, List<Received>> byBody =
                provider.requests().stream().collect(Collectors.groupingBy(Received::body));
        assertThat(byBody.keySet())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, PROFILES)
                        .boxed()
                        .flatMap(i ->
                                List.of("{\"text\":\"first p-" + i + "\"}", "{\"text\":\"second p-" + i + "\"}")
                                        .stream())
                        .toList());
        assertThat(byBody.values()).allSatisfy(same -> {
            assertThat(same).hasSizeLessThanOrEqualTo(2);
            assertThat(same.stream()
                            .map(each -> each.headers().get("Idempotency-Key"))
                            .distinct())
                    .hasSize(1);
        });
        assertThat(again.get("/api/v1/logs?journey=Told&limit=1000").json().path("items"))
                .hasSize(2 * PROFILES);
        assertThat(again.get("/api/v1/step-events?journey=Told&limit=1000")
                        .json()
                        .path("items"))
                .hasSize(3 * PROFILES);
    }

    private void publish(ApiClient client) {
        client.post("/api/v1/actions", """
                { "name": "Tell", "endpoint": { "url": "%s", "method": "POST" },
                  "parameters": { "text": { "type": "string" } },
                  "request": { "payload": { "text": "${text}" } } }""".formatted(provider.url("/tell")));
        client.post("/api/v1/journeys", """
                { "name": "Told", "entry": { "event": "Tell" },
                  "steps": [ { "id": "first", "action": "Tell", "arguments": { "text": "'first ' + profileId" } },
                             { "id": "pause", "wait": "PT1S" },
                             { "id": "second", "action": "Tell", "arguments": { "text": "'second ' + profileId" } } ] }""");
        assertThat(client.post("/api/v1/journeys/Told/publish", "").status()).isEqualTo(200);
    }

    private static long completed(ApiClient client) {
        JsonNode instances =
                client.get("/api/v1/instances?journey=Told&limit=1000").json().path("items");
        return instances
                .valueStream()
                .filter(instance -> instance.path("ending").asText().equals("completed"))
                .count();
    }

    private static PackagedOnward start() {
        Map<String, String> environment = new HashMap<>(PingAction.ENVIRONMENT);
        environment.put("ONWARD_DISPATCH_LEASE", "PT2S");
        return PackagedOnward.start(folder, environment).awaitReady();
    }
}
