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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A kill while durable calls wait and are under way: each ends, once, and nothing is sent that was not asked for. */
class DurableKillIT {

    private static final int CALLS = 120;
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
    void every_accepted_call_ends_once_and_only_those_under_way_are_sent_again() {
        PingAction ping = ping();
        ping.create(provider);
        provider.usually(Reply.status(204).after(Duration.ofMillis(300)));
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            accepted.add(accept(ping.client()));
        }
        await().atMost(LONGEST).until(() -> provider.requests().size() > CALLS / 3);

        onward.kill9();
        int sentBefore = provider.requests().size();
        onward = start();

        PingAction again = ping();
        Map<String, String> outcomes = new TreeMap<>();
        for (String callId : accepted) {
            await().atMost(LONGEST).until(() -> state(again.log(callId).json()).equals("ended"));
            outcomes.put(callId, again.log(callId).json().path("outcome").asText());
        }
        assertThat(outcomes)
                .hasSize(CALLS)
                .allSatisfy((callId, outcome) -> assertThat(outcome).isEqualTo("succeeded"));
        Map<String, Long> sent = provider.requests().stream()
                .map(Received::headers)
                .map(headers -> headers.getOrDefault("Idempotency-Key", "none").replace("\"", ""))
                .collect(Collectors.groupingBy(key -> key, Collectors.counting()));
        assertThat(sent.keySet()).containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(sent.values()).allSatisfy(times -> assertThat(times).isLessThanOrEqualTo(2));
        assertThat(provider.requests().size() - CALLS).isLessThanOrEqualTo(sentBefore);
        JsonNode logged =
                again.client().get("/api/v1/logs?action=Ping&limit=1000").json();
        assertThat(logged.path("items")).hasSize(CALLS);
    }

    @Test
    void a_call_that_may_be_sent_at_most_once_is_not_sent_again() {
        ApiClient client = onward.client(PingAction.KEY);
        client.post(
                "/api/v1/actions",
                "{ \"name\": \"Once\", \"endpoint\": { \"url\": \"%s\", \"method\": \"POST\" }, \"delivery\": \"at-most-once\" }"
                        .formatted(provider.url("/once")));
        provider.usually(Reply.status(204).after(Duration.ofSeconds(5)));
        String callId = client.post("/api/v1/actions/Once/calls", "{}")
                .json()
                .at("/callIds/0")
                .asText();
        await().atMost(LONGEST).until(() -> !provider.requests().isEmpty());

        onward.kill9();
        onward = start();

        PingAction again = ping();
        await().atMost(LONGEST).until(() -> state(again.log(callId).json()).equals("ended"));
        assertThat(again.log(callId).json().at("/error/code").asText()).isEqualTo("outcome-unknown");
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void calls_that_waited_for_their_turn_are_sent_once_although_they_may_be_sent_at_most_once() {
        ApiClient client = onward.client(PingAction.KEY);
        createSlow(client);
        provider.usually(Reply.status(204));
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            accepted.add(client.post("/api/v1/actions/Slow/calls", "{}")
                    .json()
                    .at("/callIds/0")
                    .asText());
        }
        await().atMost(LONGEST).until(() -> provider.requests().size() >= 2);

        onward.kill9();
        onward = start();

        PingAction again = ping();
        for (String callId : accepted) {
            await().atMost(LONGEST).until(() -> state(again.log(callId).json()).equals("ended"));
        }
        List<String> unknown = accepted.stream()
                .filter(callId ->
                        !again.log(callId).json().path("outcome").asText().equals("succeeded"))
                .toList();
        assertThat(unknown).hasSizeLessThanOrEqualTo(1);
        List<String> sent = sentKeys();
        assertThat(sent)
                .hasSizeGreaterThanOrEqualTo(accepted.size() - 1)
                .containsExactlyElementsOf(
                        accepted.stream().filter(sent::contains).toList());
    }

    /** An action whose calls are sent at most once, and one a second. */
    private void createSlow(ApiClient client) {
        client.post(
                "/api/v1/actions",
                "{ \"name\": \"Slow\", \"endpoint\": { \"url\": \"%s\", \"method\": \"POST\" }, \"delivery\": \"at-most-once\" }"
                        .formatted(provider.url("/slow")));
        String uid = client.post(
                        "/api/v1/throttlingConfigs",
                        "{ \"urlPattern\": \"%s\", \"methods\": [\"POST\"], \"maxThroughput\": 1 }"
                                .formatted(provider.url("/*")))
                .json()
                .path("uid")
                .asText();
        client.post("/api/v1/throttlingConfigs/" + uid + "/deploy", "");
    }

    private List<String> sentKeys() {
        return provider.requests().stream()
                .map(Received::headers)
                .map(headers -> headers.getOrDefault("Idempotency-Key", "none").replace("\"", ""))
                .toList();
    }

    private static String accept(ApiClient client) {
        return client.post("/api/v1/actions/Ping/calls", "{}")
                .json()
                .at("/callIds/0")
                .asText();
    }

    private static String state(JsonNode call) {
        return call.path("state").asText();
    }

    private PingAction ping() {
        return new PingAction(onward.client(PingAction.KEY));
    }

    private static PackagedOnward start() {
        Map<String, String> environment = new HashMap<>(PingAction.ENVIRONMENT);
        environment.put("ONWARD_DISPATCH_LEASE", "PT2S");
        return PackagedOnward.start(folder, environment).awaitReady();
    }
}
