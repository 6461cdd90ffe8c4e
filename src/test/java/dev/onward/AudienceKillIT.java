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

/** A kill while an audience comes in: each of its profiles comes in once, and is called twice at most. */
class AudienceKillIT {

    private static final int PROFILES = 500;
    private static final int PER_SECOND = 100;
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
    void every_profile_of_an_accepted_audience_comes_in_once() {
        provider.usually(Reply.status(204).after(Duration.ofMillis(100)));
        ApiClient client = onward.client(PingAction.KEY);
        publish(client);
        var accepted = client.postLines("/api/v1/journeys/News/audience?profilesPerSecond=" + PER_SECOND, profiles());
        assertThat(accepted.status()).isEqualTo(202);
        String run = "/api/v1/runs/" + accepted.json().get("runId").textValue();
        await().atMost(LONGEST).until(() -> provider.requests().size() > PROFILES / 3);

        onward.kill9();
        int before = provider.requests().size();
        assertThat(before).isLessThan(PROFILES);
        onward = start();

        ApiClient again = onward.client(PingAction.KEY);
        await().atMost(LONGEST)
                .until(() -> again.get(run).json().at("/instances/completed").intValue() == PROFILES);
        JsonNode told = again.get(run).json();
        assertThat(told.get("state").textValue()).isEqualTo("ended");
        assertThat(told.get("begun").intValue()).isEqualTo(PROFILES);
        assertThat(told.get("read").intValue()).isEqualTo(PROFILES);
        Map<String, List<Received>> byBody =
                provider.requests().stream().collect(Collectors.groupingBy(Received::body));
        assertThat(byBody.keySet())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, PROFILES)
                        .mapToObj(i -> "{\"text\":\"p-" + i + "\"}")
                        .toList());
        assertThat(byBody.values()).allSatisfy(same -> {
            assertThat(same).hasSizeLessThanOrEqualTo(2);
            assertThat(same.stream()
                            .map(each -> each.headers().get("Idempotency-Key"))
                            .distinct())
                    .hasSize(1);
        });
        assertThat(again.get("/api/v1/logs?journey=News&limit=1000").json().path("items"))
                .hasSize(PROFILES);
    }

    private void publish(ApiClient client) {
        client.post("/api/v1/actions", """
                { "name": "Tell", "endpoint": { "url": "%s", "method": "POST" },
                  "parameters": { "text": { "type": "string" } },
                  "request": { "payload": { "text": "${text}" } } }""".formatted(provider.url("/tell")));
        client.post("/api/v1/journeys", """
                { "name": "News", "entry": { "event": "News" },
                  "steps": [ { "id": "send", "action": "Tell", "arguments": { "text": "profileId" } } ] }""");
        assertThat(client.post("/api/v1/journeys/News/publish", "").status()).isEqualTo(200);
    }

    private static String profiles() {
        return IntStream.range(0, PROFILES)
                .mapToObj(i -> "{\"profileId\":\"p-" + i + "\"}")
                .collect(Collectors.joining("\n"));
    }

    private static PackagedOnward start() {
        Map<String, String> environment = new HashMap<>(PingAction.ENVIRONMENT);
        environment.put("ONWARD_DISPATCH_LEASE", "PT2S");
        return PackagedOnward.start(folder, environment).awaitReady();
    }
}
