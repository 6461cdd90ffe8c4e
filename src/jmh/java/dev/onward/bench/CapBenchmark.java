package dev.onward.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.bench.ArrivalsProvider.Arrival;
import dev.onward.value.StrictJson;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A capping of 100 calls in 1,000 ms under 1,000 invocations a second of random arrival, for 60 s: how many were sent in
 * any 1,000 ms, how many came to the provider in any 950 ms, and how many in each full second. Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pbench -DskipTests package exec:exec -Dbench=dev.onward.bench.CapBenchmark
 * }</pre>
 */
public final class CapBenchmark {

    private static final int CAP = 100;
    private static final int OFFERED = 1_000;
    private static final int SECONDS = 60;

    /** Few: while a process is held up, more of them would only hold it up for longer. */
    private static final int CONNECTIONS = 100;

    /** At the log, until it is complete. */
    private static final int LOOKS = 5;

    /** Of the slowest calls. */
    private static final int LAGS_SHOWN = 5;

    /** At a tenth of the rate, and once more at the rate: a cold process piles up more than it can serve. */
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    private static final String SUCCEEDED = "\"outcome\":\"succeeded\"";
    private static final String ENDED = "\"outcome\"";

    private CapBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (ArrivalsProvider provider = ArrivalsProvider.start();
                BenchOnward onward = BenchOnward.start(arguments)) {
            run(vertx, provider, onward);
        } finally {
            vertx.close();
        }
    }

    private static void run(Vertx vertx, ArrivalsProvider provider, BenchOnward onward) throws InterruptedException {
        onward.register("Warm", provider.url() + "warm");
        onward.register("Capped", provider.url() + "capped");
        OpenLoop warm = OpenLoop.ofAction(vertx, onward.port(), "Warm", CONNECTIONS);
        deploy(onward, provider.url());
        int warmed = warm.run(OFFERED / 10, WARM_UP, SUCCEEDED).calls()
                + warm.run(OFFERED, WARM_UP, SUCCEEDED).calls();
        provider.clear();
        OpenLoop.Latencies result = warm.withAction("Capped").run(arrivalsOf(new Random(1)), ENDED);
        warm.close();
        BenchOnward.await(() -> onward.logged() >= warmed + result.calls());
        List<Arrival> arrivals = provider.list();
        System.out.println(String.format(Locale.ROOT, "%,d offered, %,d sent", result.calls(), arrivals.size()));
        Map<String, Sent> sent = sent(onward);
        for (int look = 1; look < LOOKS && sent.size() < arrivals.size(); look++) {
            sent = sent(onward);
        }
        print("send times", sent.values().stream().map(Sent::millis).sorted().toList(), 1_000);
        print("arrivals", arrivals.stream().map(CapBenchmark::millis).sorted().toList(), 950);
        printLags(sent, arrivals);
    }

    /** By the clock of the wall, as the log has it. */
    private static long millis(Arrival arrival) {
        return System.currentTimeMillis() - (System.nanoTime() - arrival.nanos()) / 1_000_000;
    }

    private static void deploy(BenchOnward onward, String url) {
        JsonNode created = json(onward.post("/endpointConfigs", """
                { "url": "%scapped", "methods": ["POST"],
                  "services": { "action": { "rating": { "maxCallsCount": %d, "periodInMs": 1000 } } } }"""
                .formatted(url, CAP)));
        onward.post("/endpointConfigs/" + created.path("uid").textValue() + "/deploy", "");
        BenchOnward.await(() -> json(onward.get("/limits")).path("cappings").size() == 1);
    }

    private static long[] arrivalsOf(Random random) {
        long[] offsets = new long[OFFERED * SECONDS];
        double at = 0;
        for (int i = 0; i < offsets.length; i++) {
            at -= Math.log(1 - random.nextDouble()) / OFFERED * 1e9;
            offsets[i] = (long) at;
        }
        return offsets;
    }

    /** @param timings of the attempt, as the log has them */
    private record Sent(long millis, String timings) {}

    /** When each attempt began, as the log has it, by the id of its call. */
    private static Map<String, Sent> sent(BenchOnward onward) {
        Map<String, Sent> sent = new HashMap<>();
        String cursor = "";
        do {
            JsonNode page = json(onward.get("/logs?action=Capped&outcome=succeeded&limit=1000" + cursor));
            for (JsonNode call : page.path("items")) {
                String id = call.path("callId").textValue();
                JsonNode whole = json(onward.get("/logs/" + id));
                for (JsonNode attempt : whole.path("attemptRecords")) {
                    long millis =
                            Instant.parse(attempt.path("startedAt").textValue()).toEpochMilli();
                    sent.put(id, new Sent(millis, attempt.path("timings").toString()));
                }
            }
            cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").textValue();
        } while (!cursor.isEmpty());
        return sent;
    }

    /** How long calls were on their way: what comes late comes close to those behind it. */
    private static void printLags(Map<String, Sent> sent, List<Arrival> arrivals) {
        long start = sent.values().stream().mapToLong(Sent::millis).min().orElseThrow();
        List<Lag> lags = arrivals.stream()
                .flatMap(arrival -> Optional.ofNullable(sent.get(arrival.key()))
                        .map(known -> new Lag(known, millis(arrival)))
                        .stream())
                .sorted(Comparator.comparingLong(Lag::millis))
                .toList();
        System.out.println(String.format(
                Locale.ROOT,
                "from the send time to the arrival: %d ms in the median, %d at p99, %d at most",
                lags.get(lags.size() / 2).millis(),
                lags.get(lags.size() * 99 / 100).millis(),
                lags.get(lags.size() - 1).millis()));
        for (Lag lag : lags.subList(Math.max(0, lags.size() - LAGS_SHOWN), lags.size())) {
            System.out.println(String.format(
                    Locale.ROOT,
                    "sent after %d ms, on its way for %d ms: %s",
                    lag.sent().millis() - start,
                    lag.millis(),
                    lag.sent().timings()));
        }
    }

    private record Lag(Sent sent, long arrivedAt) {

        long millis() {
            return arrivedAt - sent.millis();
        }
    }

    private static void print(String what, List<Long> millis, int window) {
        int most = 0;
        int above = 0;
        long mostFrom = 0;
        for (int first = 0, last = 0; last < millis.size(); last++) {
            while (millis.get(last) - millis.get(first) >= window) {
                first++;
            }
            int count = last - first + 1;
            above += count == CAP + 1 ? 1 : 0;
            if (count > most) {
                most = count;
                mostFrom = millis.get(first);
            }
        }
        long start = millis.get(0);
        int full = (int) ((millis.get(millis.size() - 1) - start) / 1_000);
        int[] perSecond = new int[full + 1];
        millis.forEach(at -> perSecond[(int) ((at - start) / 1_000)]++);
        int least = Integer.MAX_VALUE;
        int sum = 0;
        for (int second = 0; second < full; second++) {
            least = Math.min(least, perSecond[second]);
            sum += perSecond[second];
        }
        System.out.println(String.format(
                Locale.ROOT,
                "%s: at most %d in any %d ms, from %d ms on, %d times above; in %d full seconds at least %d, %.1f in the"
                        + " mean",
                what,
                most,
                window,
                mostFrom - start,
                above,
                full,
                least,
                (double) sum / full));
    }

    private static JsonNode json(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
