package dev.onward;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.ApiClient;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.InTarget;
import dev.onward.testsupport.PackagedOnward;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Received;
import dev.onward.testsupport.StubProvider.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Kills while calls end and their ends are told: each is told, and no end by more than one call. */
class CallbackKillIT {

    private static final int CALLS = 120;
    private static final Duration LONGEST = Duration.ofSeconds(90);

    @TempDir(factory = InTarget.class, cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private final StubProvider provider = StubProvider.start();
    private final StubProvider receiver = StubProvider.start();
    private PackagedOnward onward = start();

    @AfterEach
    void end() {
        onward.close();
        provider.close();
        receiver.close();
    }

    @Test
    void every_end_is_told_by_one_call_whatever_dies() {
        ApiClient client = onward.client(PingAction.KEY);
        new PingAction(client).create(provider);
        provider.usually(Reply.status(204).after(Duration.ofMillis(100)));
        receiver.usually(Reply.status(204).after(Duration.ofMillis(100)));
        Set<String> accepted = IntStream.range(0, CALLS)
                .mapToObj(number -> accept(client))
                .collect(Collectors.toCollection(TreeSet::new));

        for (int part = 1; part <= 3; part++) {
            int told = part * CALLS / 4;
            await().atMost(LONGEST).until(() -> receiver.requests().size() >= told);
            onward.kill9();
            onward = start();
        }

        await().atMost(LONGEST).until(() -> tellers().keySet().equals(accepted));
        await().atMost(LONGEST).until(() -> logged() >= CALLS);
        assertThat(logged()).isEqualTo(CALLS);
        assertThat(tellers().values())
                .allSatisfy(callbacks -> assertThat(callbacks).hasSize(1));
    }

    /** The ids of the callbacks that told the end of each call. */
    private Map<String, Set<String>> tellers() {
        return receiver.requests().stream()
                .collect(Collectors.groupingBy(
                        told -> Definitions.parse(told.body()).path("callId").asText(),
                        Collectors.mapping(CallbackKillIT::key, Collectors.toSet())));
    }

    /** How many callbacks have ended. */
    private int logged() {
        return onward.client(PingAction.KEY)
                .get("/api/v1/logs?action=onward-callback&limit=1000")
                .json()
                .path("items")
                .size();
    }

    private static String key(Received request) {
        return request.headers().getOrDefault("Idempotency-Key", "none");
    }

    private String accept(ApiClient client) {
        return client.post(
                        "/api/v1/actions/Ping/calls",
                        "{ \"callback\": { \"url\": \"%s\" } }".formatted(receiver.url("/ended")))
                .json()
                .at("/callIds/0")
                .asText();
    }

    private static PackagedOnward start() {
        return PackagedOnward.start(folder, PingAction.ENVIRONMENT).awaitReady();
    }
}
