package dev.onward;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.database.TestServer;
import dev.onward.testsupport.ApiClient;
import dev.onward.testsupport.ApiClient.Answer;
import dev.onward.testsupport.FaultyNetwork;
import dev.onward.testsupport.InTarget;
import dev.onward.testsupport.PackagedOnward;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Durable calls while a process cannot reach the database: nothing is accepted, lost or written twice. */
class DurableOutageIT {

    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final String SECRET_KEY = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String CALLS = "/api/v1/actions/Ping/calls";

    private final TestServer server = TestServer.start();
    private final StubProvider provider = StubProvider.start();
    private final List<PackagedOnward> processes = new ArrayList<>();
    private FaultyNetwork network;
    private Map<String, String> environment;
    private ApiClient cutOff;

    @BeforeEach
    void start() throws IOException {
        environment = new HashMap<>(PingAction.ENVIRONMENT);
        environment.putAll(server.environment(server.newDatabase()));
        environment.put("ONWARD_DISPATCH_LEASE", "PT3S");
        environment.put("ONWARD_SECRET_KEYS", SECRET_KEY);
        environment.put("ONWARD_DISPATCH_MAX_CALLS_PER_SANDBOX", "25");
        String url = environment.getOrDefault("ONWARD_DATABASE_URL", "");
        URI direct = URI.create(url.substring("jdbc:".length()));
        network = new FaultyNetwork(direct.getPort());
        Map<String, String> through = new HashMap<>(environment);
        through.put("ONWARD_DATABASE_URL", url.replace(":" + direct.getPort(), ":" + network.port()));
        cutOff = start(through).client(PingAction.KEY);
        new PingAction(cutOff).create(provider);
    }

    @AfterEach
    void end() throws IOException {
        network.restore();
        processes.forEach(PackagedOnward::close);
        network.close();
        provider.close();
        server.close();
    }

    @Test
    void what_is_under_way_ends_when_the_database_is_back_and_nothing_is_sent_twice() throws IOException {
        provider.usually(Reply.status(204).after(Duration.ofSeconds(2)));
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(accept());
        }
        await().atMost(LONGEST).until(() -> provider.requests().size() >= 10);

        network.takeDown();
        await().atMost(LONGEST).until(() -> isOverloaded(cutOff.post(CALLS, "{}")));
        network.restore();

        calls.forEach(call -> awaitSuccess(cutOff, call));
        assertThat(provider.requests()).hasSize(20);
        assertThat(late()).isZero();
    }

    @Test
    void another_process_takes_over_and_the_late_result_is_not_kept() throws IOException {
        provider.next(Reply.status(400).after(Duration.ofSeconds(9)));
        provider.usually(Reply.status(204));
        String call = accept();
        await().atMost(LONGEST).until(() -> provider.requests().size() == 1);

        network.takeDown();
        // Not before, or it might be the one that claims the call.
        ApiClient other = start(environment).client(PingAction.KEY);
        awaitSuccess(other, call);
        network.restore();

        await().atMost(LONGEST).until(() -> late() == 1);
        awaitSuccess(other, call);
        assertThat(provider.requests().stream()
                        .map(request -> request.headers().getOrDefault("Idempotency-Key", "none"))
                        .distinct())
                .hasSize(1);
        assertThat(other.get("/api/v1/logs").json().path("items")).hasSize(1);
    }

    @Test
    void a_sandbox_with_as_many_calls_as_it_may_have_is_told_to_wait_and_loses_none() {
        cutOff.post("/api/v1/actions/Ping/pause", "");
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            calls.add(accept());
        }
        Answer refused = cutOff.post(CALLS, "{}");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("/problems/queue-full");

        cutOff.post("/api/v1/actions/Ping/resume", "");
        calls.forEach(call -> awaitSuccess(cutOff, call));
        assertThat(cutOff.post(CALLS, "{}").status()).isEqualTo(202);
    }

    private String accept() {
        return cutOff.post(CALLS, "{}").json().at("/callIds/0").asText();
    }

    private static void awaitSuccess(ApiClient client, String callId) {
        await().atMost(LONGEST)
                .until(() -> client.get("/api/v1/logs/" + callId)
                        .json()
                        .path("outcome")
                        .asText()
                        .equals("succeeded"));
    }

    private static boolean isOverloaded(Answer answer) {
        return answer.status() == 503 && answer.body().contains("/problems/overloaded");
    }

    private int late() {
        return cutOff.get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("onward_dispatch_late_total "))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    private PackagedOnward start(Map<String, String> settings) throws IOException {
        Path folder = InTarget.folder();
        PackagedOnward started = PackagedOnward.start(folder, settings).awaitReady();
        processes.add(started);
        return started;
    }
}
