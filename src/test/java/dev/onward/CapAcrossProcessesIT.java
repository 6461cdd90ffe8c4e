package dev.onward;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.onward.database.Database;
import dev.onward.database.TestServer;
import dev.onward.testsupport.ApiClient;
import dev.onward.testsupport.InTarget;
import dev.onward.testsupport.PackagedOnward;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One capping over two processes on one database. */
class CapAcrossProcessesIT {

    private static final int CAP = 50;
    /** What a cold process delays by seconds is not the capping's either. */
    private static final Duration WARM_UP = Duration.ofSeconds(4);

    private static final Duration OFFERED = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofSeconds(90);

    /** A busy machine holds threads up between a slot and the note of its use, and more until the arrival. */
    private static final long A_WINDOW_MILLIS = 990;

    private static final long A_WINDOW_AT_THE_PROVIDER = Duration.ofMillis(900).toNanos();

    private static final String SECRET_KEY = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private final TestServer server = TestServer.start();
    private final List<Long> arrivals = Collections.synchronizedList(new ArrayList<>());
    private final List<PackagedOnward> processes = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer provider;
    private Database database;

    @BeforeEach
    void start() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        provider.setExecutor(threads);
        provider.createContext("/", exchange -> {
            arrivals.add(System.nanoTime());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        provider.start();
        Map<String, String> environment = new HashMap<>(PingAction.ENVIRONMENT);
        String name = server.newDatabase();
        database = server.open(name);
        environment.putAll(server.environment(name));
        environment.put("ONWARD_SECRET_KEYS", SECRET_KEY);
        for (int i = 0; i < 2; i++) {
            processes.add(PackagedOnward.start(InTarget.folder(), environment).awaitReady());
        }
    }

    @AfterEach
    void end() {
        processes.forEach(PackagedOnward::close);
        TestServer.close(database);
        provider.stop(0);
        threads.shutdownNow();
        server.close();
    }

    @Test
    void both_get_a_part_of_a_cap_and_together_never_more_than_it_allows() {
        ApiClient client = client(0);
        String base = "http://127.0.0.1:" + provider.getAddress().getPort();
        register(client, "Warm", base + "/warm");
        offer("Warm", WARM_UP);
        arrivals.clear();
        String url = base + "/capped";
        register(client, "Capped", url);
        String uid = client.post("/api/v1/endpointConfigs", """
                        { "url": "%s", "methods": ["POST"],
                          "services": { "action": { "rating": { "maxCallsCount": %d, "periodInMs": 1000 } } } }""".formatted(url, CAP))
                .json()
                .path("uid")
                .textValue();
        client.post("/api/v1/endpointConfigs/" + uid + "/deploy", "");
        await().until(() ->
                client(1).get("/api/v1/limits").json().path("cappings").size() == 1);

        List<Integer> succeeded = offerUntilBothHaveAPart("Capped");

        int sum = succeeded.stream().mapToInt(Integer::intValue).sum();
        await().until(() -> sentMillis().size() == sum);
        assertThat(mostIn(sentMillis(), A_WINDOW_MILLIS)).isBetween(CAP / 2, CAP);
        assertThat(arrivals).hasSize(sum).hasSizeGreaterThan(CAP * 5);
        assertThat(mostIn(List.copyOf(arrivals), A_WINDOW_AT_THE_PROVIDER)).isLessThanOrEqualTo(CAP + CAP / 10);
        assertThat(succeeded).allMatch(count -> count > 10);
        assertThat(client.get("/api/v1/limits").json().at("/cappings/0/share").intValue())
                .isBetween(1, CAP - 1);
    }

    private static void register(ApiClient client, String name, String url) {
        String definition = "{ \"name\": \"%s\", \"endpoint\": { \"url\": \"%s\", \"method\": \"POST\" } }";
        client.post("/api/v1/actions", definition.formatted(name, url));
    }

    /** How soon a process gets its part depends on when it may use the machine. */
    private List<Integer> offerUntilBothHaveAPart(String action) {
        long giveUp = System.nanoTime() + LONGEST.toNanos();
        List<Integer> succeeded = List.of(0, 0);
        while (succeeded.stream().anyMatch(count -> count <= 10) && giveUp - System.nanoTime() > 0) {
            List<Integer> more = offer(action, OFFERED);
            succeeded = List.of(succeeded.get(0) + more.get(0), succeeded.get(1) + more.get(1));
        }
        return succeeded;
    }

    /** What each of two clients brought through, one of either process. */
    private List<Integer> offer(String action, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        List<CompletableFuture<Integer>> sent = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ApiClient client = client(i);
            sent.add(CompletableFuture.supplyAsync(() -> invokeUntil(end, client, action), threads));
        }
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private ApiClient client(int process) {
        return processes.get(process).client(PingAction.KEY);
    }

    private static int invokeUntil(long end, ApiClient client, String action) {
        int succeeded = 0;
        while (end - System.nanoTime() > 0) {
            JsonNode answer =
                    client.post("/api/v1/actions/" + action + "/invoke", "{}").json();
            boolean isSent = answer.path("outcome").asText().equals("succeeded");
            if (!isSent) {
                assertThat(action).as("without a capping nothing is refused").isEqualTo("Capped");
                assertThat(answer.at("/error/code").asText()).isIn("capped", "limits-unavailable");
            }
            succeeded += isSent ? 1 : 0;
        }
        return succeeded;
    }

    /** When each attempt under the capping began, by the log. */
    private List<Long> sentMillis() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select (extract(epoch from (attempt ->> 'startedAt')::timestamptz) * 1000)::bigint
                        from onward.call_record, json_array_elements(document -> 'attemptRecords') as attempt
                        where action = 'Capped'
                        """).mapTo(Long.class).list());
    }

    private static int mostIn(List<Long> times, long window) {
        List<Long> at = times.stream().sorted().toList();
        int most = 0;
        for (int from = 0, to = 0; to < at.size(); to++) {
            while (at.get(to) - at.get(from) >= window) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }
}
