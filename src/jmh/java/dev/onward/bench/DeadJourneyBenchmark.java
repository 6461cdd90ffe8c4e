package dev.onward.bench;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * A journey whose provider answers, alone and beside one whose provider never does: how many of its calls end a second, and
 * which share of its own rate it keeps beside the other. The bar is 95 %. Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pbench -DskipTests package exec:exec -Dbench="dev.onward.bench.DeadJourneyBenchmark 200 60"
 * }</pre>
 *
 * <p>Arguments: events a second of each journey, seconds.
 */
public final class DeadJourneyBenchmark {

    private static final int BACKLOG = 4_096;
    private static final int WARM_UP_SECONDS = 10;

    private final BenchOnward onward;
    private final int perSecond;
    private int next;

    private DeadJourneyBenchmark(BenchOnward onward, int perSecond) {
        this.onward = onward;
        this.perSecond = perSecond;
    }

    public static void main(String[] arguments) throws Exception {
        int perSecond = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
        try (ChildJvm provider = ChildJvm.start(BenchProvider.class);
                ServerSocket dead = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
                BenchOnward onward = BenchOnward.start("-Xmx512m")) {
            onward.register("Healthy", "http://127.0.0.1:" + provider.readLine() + "/20");
            onward.register("Dead", "http://127.0.0.1:" + dead.getLocalPort() + "/");
            publish(onward, "Healthy");
            publish(onward, "Dead");
            new DeadJourneyBenchmark(onward, perSecond).run(Duration.ofSeconds(seconds));
        }
    }

    private static void publish(BenchOnward onward, String action) {
        onward.post("/journeys", """
                { "name": "%s", "entry": { "event": "%s" },
                  "steps": [ { "id": "call", "action": "%s", "arguments": { "text": "@event{%s.id}" } } ] }"""
                .formatted(action, action, action, action));
        onward.post("/journeys/" + action + "/publish", "");
    }

    private void run(Duration duration) throws InterruptedException {
        measure(Duration.ofSeconds(WARM_UP_SECONDS));
        double alone = measure(duration);
        CompletableFuture<Void> dead = CompletableFuture.runAsync(() -> feedDead(duration));
        double beside = measure(duration);
        dead.join();
        System.out.println(String.format(
                Locale.ROOT,
                "%d events a second each: %.1f calls a second alone, %.1f beside the dead one, %.1f %% (bar 95 %%);"
                        + " of the dead one %d ended, %d in flight",
                perSecond,
                alone,
                beside,
                100 * beside / alone,
                onward.ended("Dead"),
                onward.inFlight()));
    }

    /** How many calls of the healthy one end a second while its events come; waits for the last of them. */
    private double measure(Duration duration) throws InterruptedException {
        long before = onward.ended("Healthy");
        long start = System.nanoTime();
        CompletableFuture<Long> accepted = new EventFeed(onward).send("Healthy", next, perSecond, duration);
        double seconds = (System.nanoTime() - start) / 1e9;
        long ended = onward.ended("Healthy") - before;
        next += Math.toIntExact(perSecond * duration.toSeconds());
        long expected = before + accepted.join();
        Duration late = BenchOnward.await(() -> onward.ended("Healthy") >= expected);
        System.out.println(String.format(
                Locale.ROOT,
                "%d events accepted in %.1f s, %d calls ended by then, the last %d ms later",
                accepted.join(),
                seconds,
                ended,
                late.toMillis()));
        return ended / seconds;
    }

    private void feedDead(Duration duration) {
        try {
            new EventFeed(onward).send("Dead", 0, perSecond, duration).join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
