package dev.onward.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.crash.CrashProvider;
import dev.onward.crash.CrashProvider.Arrival;
import dev.onward.value.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Instances that wait, due one after the other over some minutes, and a restart in their middle: how long the process takes
 * from its start to ready beside that over an empty database, and how late each goes on, seen from its provider. The bar is
 * 5 seconds for each; the time in which there is no process does not count. Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pbench -DskipTests package exec:exec -Dbench="dev.onward.bench.WaitBenchmark 100000 10"
 * }</pre>
 *
 * <p>Arguments: instances, minutes.
 */
public final class WaitBenchmark {

    /** Journeys that differ in the length of their wait. */
    private static final int JOURNEYS = 20;

    private static final int LINES = 1_000;
    private static final int PAGE = 1_000;
    private static final long LATE_MILLIS = 5_000;

    /** Events a second that are sure to be looked at as they come. */
    private static final int SURE_RATE = 250;

    private static final Duration LONGEST_END = Duration.ofMinutes(10);

    private final CrashProvider provider;
    private final BenchOnward onward;
    private final int instances;
    private final Duration spread;
    private final Duration first;

    private WaitBenchmark(CrashProvider provider, BenchOnward onward, int instances, int minutes) {
        this.provider = provider;
        this.onward = onward;
        this.instances = instances / JOURNEYS * JOURNEYS;
        this.spread = Duration.ofMinutes(minutes);
        this.first = Duration.ofSeconds(30 + instances / SURE_RATE);
    }

    public static void main(String[] arguments) throws Exception {
        int instances = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int minutes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        try (CrashProvider provider = new CrashProvider();
                BenchOnward onward = BenchOnward.start("-Xmx512m")) {
            new WaitBenchmark(provider, onward, instances, minutes).run();
        }
    }

    private void run() throws InterruptedException {
        Duration empty = onward.restart();
        onward.register("Late", provider.url());
        for (int i = 0; i < JOURNEYS; i++) {
            publish(i);
        }
        Instant begun = Instant.now();
        fill();
        Instant last = begun.plus(wait(JOURNEYS - 1));
        Instant middle = begun.plus(first).plus(spread.dividedBy(2));
        TimeUnit.MILLISECONDS.sleep(Duration.between(Instant.now(), middle).toMillis());
        Instant down = Instant.now();
        Duration full = onward.restart();
        Instant up = Instant.now();
        print(
                "from the start to ready: %d ms over an empty database, %d ms over %d instances, %d of which had gone on",
                empty.toMillis(), full.toMillis(), instances, provider.arrivals().size());
        TimeUnit.MILLISECONDS.sleep(Math.max(0, Duration.between(Instant.now(), last).toMillis()));
        BenchOnward.await(LONGEST_END, () -> provider.arrivals().size() >= instances);
        report(due(), down, up);
    }

    private Duration wait(int journey) {
        return first.plus(spread.multipliedBy(journey).dividedBy(JOURNEYS)).truncatedTo(ChronoUnit.SECONDS);
    }

    private void publish(int journey) {
        onward.post("/journeys", """
                { "name": "Wait%d", "entry": { "event": "Wait%d" },
                  "steps": [ { "id": "pause", "wait": "%s" },
                             { "id": "call", "action": "Late", "arguments": { "text": "concat('%d-', profileId)" } } ] }"""
                .formatted(journey, journey, wait(journey), journey));
        onward.post("/journeys/Wait" + journey + "/publish", "");
    }

    private void fill() {
        EventFeed feed = new EventFeed(onward);
        long start = System.nanoTime();
        int each = instances / JOURNEYS;
        for (int from = 0; from < each; from += LINES / JOURNEYS) {
            int count = Math.min(LINES / JOURNEYS, each - from);
            for (int i = 0; i < JOURNEYS; i++) {
                if (feed.send("Wait" + i, from, count).join() != count) {
                    throw new IllegalStateException("an event was not accepted");
                }
            }
        }
        print("%d events accepted in %.1f s", each * JOURNEYS, (System.nanoTime() - start) / 1e9);
    }

    /** When each goes on, by what its provider is sent. */
    private Map<String, Instant> due() {
        Map<String, Instant> due = new HashMap<>();
        for (int i = 0; i < JOURNEYS; i++) {
            String query = "/instances?journey=Wait" + i + "&limit=" + PAGE;
            JsonNode page = json(onward.get(query));
            while (true) {
                for (JsonNode instance : page.get("items")) {
                    Instant startedAt = Instant.parse(instance.get("startedAt").textValue());
                    String sent = "{\"text\":\"" + i + "-" + instance.get("profileId").textValue() + "\"}";
                    due.put(sent, startedAt.plus(wait(i)));
                }
                if (page.get("next").isNull()) {
                    break;
                }
                page = json(onward.get(query + "&cursor=" + page.get("next").textValue()));
            }
        }
        return due;
    }

    private void report(Map<String, Instant> due, Instant down, Instant up) {
        Instant now = Instant.now();
        long nanos = System.nanoTime();
        List<Late> all = due.entrySet().stream()
                .map(each -> new Late(each.getValue(), now.minusNanos(nanos - arrival(each.getKey()))))
                .toList();
        long[] late = all.stream()
                .mapToLong(each -> each.by().minus(each.during(down, up)).toMillis())
                .sorted()
                .toArray();
        long twice = provider.arrivals().values().stream().filter(came -> came.size() > 1).count();
        print(
                "%d instances went on late by %d ms in the median, %d ms at p99, %d ms at most, %d ms at least; %d above"
                        + " 5 s, %d called twice",
                late.length,
                late[late.length / 2],
                late[(int) (late.length * 0.99)],
                late[late.length - 1],
                late[0],
                Arrays.stream(late).filter(millis -> millis > LATE_MILLIS).count(),
                twice);
        print(
                "down for %d ms, which do not count; with them %d above 5 s, %d of which were due before it and had not"
                        + " gone on",
                Duration.between(down, up).toMillis(),
                all.stream().filter(each -> each.by().toMillis() > LATE_MILLIS).count(),
                all.stream()
                        .filter(each -> each.by().toMillis() > LATE_MILLIS
                                && each.due().isBefore(down))
                        .count());
    }

    private record Late(Instant due, Instant arrivedAt) {

        Duration by() {
            return Duration.between(due, arrivedAt);
        }

        /** How much of the wait lies in the span. */
        Duration during(Instant from, Instant to) {
            Instant begin = due.isAfter(from) ? due : from;
            Instant end = arrivedAt.isBefore(to) ? arrivedAt : to;
            return end.isAfter(begin) ? Duration.between(begin, end) : Duration.ZERO;
        }
    }

    private long arrival(String sent) {
        List<Arrival> came = provider.arrivals().getOrDefault(sent, List.of());
        if (came.isEmpty()) {
            throw new IllegalStateException("nobody sent " + sent);
        }
        return came.get(0).nanos();
    }

    private static JsonNode json(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
