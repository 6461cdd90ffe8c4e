package dev.onward.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Events at a steady rate, each of which sends a profile through a journey with one call: how many a second are accepted
 * with fsync, executed and logged, how long the last one takes, and what lives in the heap from minute to minute. Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pbench -DskipTests package exec:exec -Dbench="dev.onward.bench.JourneyBenchmark 900 300"
 * }</pre>
 *
 * <p>Arguments: events a second, seconds.
 */
public final class JourneyBenchmark {

    private static final Duration TICK = Duration.ofMillis(500);
    private static final int REPORT_SECONDS = 30;

    private JourneyBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int perSecond = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 900;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 300;
        try (ChildJvm provider = ChildJvm.start(BenchProvider.class);
                BenchOnward onward = BenchOnward.start("-Xmx512m")) {
            int port = Integer.parseInt(provider.readLine());
            onward.register("Fast", "http://127.0.0.1:" + port + "/0");
            onward.post("/journeys", """
                    { "name": "Bench", "entry": { "event": "Bench", "condition": "@event{Bench.total} > 0" },
                      "steps": [ { "id": "call", "action": "Fast",
                                   "arguments": { "text": "concat('order ', @event{Bench.id})" } } ] }""");
            onward.post("/journeys/Bench/publish", "");
            run(onward, perSecond, seconds);
        }
    }

    private static void run(BenchOnward onward, int perSecond, int seconds) throws InterruptedException {
        EventFeed feed = new EventFeed(onward);
        List<CompletableFuture<Long>> answers = new ArrayList<>();
        int perTick = (int) (perSecond * TICK.toMillis() / 1_000);
        long start = System.nanoTime();
        int sent = 0;
        for (int tick = 0; tick < seconds * 1_000L / TICK.toMillis(); tick++) {
            long at = start + tick * TICK.toNanos();
            TimeUnit.NANOSECONDS.sleep(at - System.nanoTime());
            answers.add(feed.send("Bench", sent, perTick));
            sent += perTick;
            if (tick % (REPORT_SECONDS * 1_000 / TICK.toMillis()) == 0) {
                print(
                        "after %d s: %d sent, %d ended, %d MiB live after a collection",
                        tick * TICK.toMillis() / 1_000, sent, onward.ended("Fast"), onward.liveMebibytes());
            }
        }
        long accepted = answers.stream().mapToLong(CompletableFuture::join).sum();
        Duration acceptedAfter = Duration.ofNanos(System.nanoTime() - start);
        int all = sent;
        BenchOnward.await(() -> onward.ended("Fast") >= all);
        Duration endedAfter = Duration.ofNanos(System.nanoTime() - start);
        print(
                "%d of %d events accepted, %.0f/s; executed and logged %.0f/s, the last one %.1f s after the last was sent;"
                        + " %.0f us of Onward's CPU and %.0f us of its database's each; %d MiB live",
                accepted,
                sent,
                accepted * 1_000.0 / acceptedAfter.toMillis(),
                sent * 1_000.0 / endedAfter.toMillis(),
                (endedAfter.toMillis() - seconds * 1_000L) / 1_000.0,
                onward.cpuTime().toNanos() / 1_000.0 / sent,
                onward.databaseCpuTime().toNanos() / 1_000.0 / sent,
                onward.liveMebibytes());
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
