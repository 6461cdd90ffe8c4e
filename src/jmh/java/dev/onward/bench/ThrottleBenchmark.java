package dev.onward.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.bench.ArrivalsProvider.Arrival;
import dev.onward.database.TestServer;
import dev.onward.testsupport.ApiClient;
import dev.onward.testsupport.InTarget;
import dev.onward.testsupport.PackagedOnward;
import dev.onward.value.StrictJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A throttling of 200 calls a second and 12,000 durable calls, in two processes over one PostgreSQL, one of which is killed
 * after 20 s: how many came to the provider in any second, how soon the other takes over, and what was lost, came twice or
 * in another order. Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pbench -DskipTests package exec:exec -Dbench=dev.onward.bench.ThrottleBenchmark
 * }</pre>
 */
public final class ThrottleBenchmark {

    private static final int RATE = 200;
    private static final int CALLS = 12_000;

    /** In each process, without a throttling. */
    private static final int WARM_UP = 5_000;

    private static final int KILL_AFTER_SECONDS = 20;
    private static final int TAKEN_OVER_SECONDS = 5;
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLION = 1_000_000;
    private static final int FEW = 5;

    private final ArrivalsProvider provider;

    private ThrottleBenchmark(ArrivalsProvider provider) {
        this.provider = provider;
    }

    public static void main(String[] arguments) throws Exception {
        try (ArrivalsProvider provider = ArrivalsProvider.start()) {
            new ThrottleBenchmark(provider).run(arguments);
        }
    }

    private void run(String[] javaOptions) throws Exception {
        TestServer server = TestServer.start();
        Map<String, String> environment = environment(server);
        try (PackagedOnward one = start(environment, javaOptions);
                PackagedOnward other = start(environment, javaOptions)) {
            register(one.client(BenchOnward.KEY), "Warm", provider.url() + "warm");
            accept(one.port(), "Warm", WARM_UP);
            accept(other.port(), "Warm", WARM_UP);
            BenchOnward.await(() -> provider.count() >= 2 * WARM_UP);
            provider.clear();
            prepare(one.client(BenchOnward.KEY), provider.url() + "send");
            BenchOnward.await(() -> isThrottled(one) && isThrottled(other));
            accept(one.port(), "Slowed", CALLS);
            TimeUnit.SECONDS.sleep(KILL_AFTER_SECONDS);
            one.kill9();
            long killedAt = System.nanoTime();
            BenchOnward.await(
                    () -> provider.count() >= CALLS && numbers(provider.list()).size() == CALLS);
            report(killedAt);
        } finally {
            server.close();
        }
    }

    private static Map<String, String> environment(TestServer server) {
        Map<String, String> environment = new HashMap<>(server.environment(server.newDatabase()));
        environment.put("JDK_JAVA_OPTIONS", BenchOnward.javaOptionsOfUnit());
        environment.put("ONWARD_ADMIN_KEY", BenchOnward.KEY);
        environment.put("ONWARD_EGRESS_ALLOW", "127.0.0.1");
        environment.put("ONWARD_EGRESS_SCHEMES", "https,http");
        environment.put("ONWARD_SECRET_KEYS", "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        return environment;
    }

    private static PackagedOnward start(Map<String, String> environment, String[] javaOptions) throws Exception {
        return PackagedOnward.start(InTarget.folder(), environment, javaOptions).awaitReady();
    }

    private static void register(ApiClient client, String action, String url) {
        client.post("/api/v1/actions", """
                { "name": "%s", "endpoint": { "url": "%s", "method": "POST" },
                  "parameters": { "text": { "type": "string" } }, "request": { "payload": { "text": "${text}" } } }"""
                .formatted(action, url));
    }

    private static void prepare(ApiClient client, String url) {
        register(client, "Slowed", url);
        JsonNode created = client.post("/api/v1/throttlingConfigs", """
                { "urlPattern": "%s", "methods": ["POST"], "maxThroughput": %d }""".formatted(url, RATE)).json();
        client.post("/api/v1/throttlingConfigs/" + created.path("uid").textValue() + "/deploy", "");
    }

    private static boolean isThrottled(PackagedOnward process) {
        JsonNode limits =
                process.client(BenchOnward.KEY).get("/api/v1/limits").json();
        return limits.path("throttlings").size() == 1;
    }

    private static void accept(int port, String action, int calls) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int number = 0; number < calls; number++) {
            lines.append("{\"arguments\":{\"text\":\"").append(number).append("\"}}\n");
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/actions/" + action + "/calls"))
                .header("Authorization", "Bearer " + BenchOnward.KEY)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(lines.toString()))
                .build();
        String told = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        long accepted = told.lines().filter(line -> line.contains("callIds")).count();
        if (accepted != calls) {
            throw new IllegalStateException(accepted + " of " + calls + " calls were accepted");
        }
    }

    private static Set<Integer> numbers(List<Arrival> arrivals) {
        return arrivals.stream().map(ThrottleBenchmark::number).collect(Collectors.toSet());
    }

    private static int number(Arrival arrival) {
        return Integer.parseInt(json(arrival.body()).path("text").textValue());
    }

    private void report(long killedAt) {
        List<Arrival> arrivals = provider.list();
        List<Long> at = arrivals.stream().map(Arrival::nanos).sorted().toList();
        long first = at.get(0);
        long last = at.get(at.size() - 1);
        Most most = mostInASecond(at);
        print(
                "at most %d at the provider in any second, from %d ms before the kill on; %.1f a second in the mean",
                most.count(),
                (killedAt - most.from()) / MILLION,
                (at.size() - 1) * (double) SECOND / (last - first));
        print(
                "in that second the provider itself stood still for %s ms",
                provider.pauses().stream()
                        .filter(pause -> pause[0] >= most.from() && pause[0] <= most.from() + SECOND + pause[1])
                        .map(pause -> pause[1] / MILLION)
                        .toList());
        for (long start = killedAt - 5 * SECOND; start + SECOND <= last; start += SECOND) {
            long from = start;
            long count = at.stream().filter(each -> each - from >= 0 && each - from < SECOND).count();
            long seconds = (start - killedAt) / SECOND;
            if (seconds < TAKEN_OVER_SECONDS + 3 || count < RATE * 96 / 100) {
                print("second %d after the kill: %d", seconds, count);
            }
        }
        List<Arrival> overtaken = overtaken(arrivals);
        print("%d calls, %d arrivals, %d overtaken by a later one", CALLS, at.size(), overtaken.size());
        overtaken.stream()
                .limit(FEW)
                .forEach(late ->
                        print("call %d was, %d ms after the kill", number(late), (late.nanos() - killedAt) / MILLION));
    }

    private record Most(int count, long from) {}

    private static Most mostInASecond(List<Long> at) {
        Most most = new Most(0, 0);
        for (int from = 0, to = 0; to < at.size(); to++) {
            while (at.get(to) - at.get(from) >= SECOND) {
                from++;
            }
            most = to - from + 1 > most.count() ? new Most(to - from + 1, at.get(from)) : most;
        }
        return most;
    }

    /** Those that came after one with a greater number, first arrivals alone. */
    private static List<Arrival> overtaken(List<Arrival> arrivals) {
        Set<Integer> seen = new HashSet<>();
        int greatest = -1;
        List<Arrival> overtaken = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            int number = number(arrival);
            if (seen.add(number)) {
                if (number < greatest) {
                    overtaken.add(arrival);
                }
                greatest = Math.max(greatest, number);
            }
        }
        return overtaken;
    }

    private static JsonNode json(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
