package dev.onward.bench;

import dev.onward.bench.OpenLoop.Latencies;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * A healthy provider alone, then beside a dead one that accepts connections and never answers, 200 calls a second each:
 * what the dead one costs the healthy one's callers. Three pairs. Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pbench -DskipTests package exec:exec -Dbench=dev.onward.bench.DeadProviderBenchmark
 * }</pre>
 *
 * <p>Arguments, if any, are options of Onward's JVM.
 */
public final class DeadProviderBenchmark {

    private static final int RATE = 200;
    private static final int PAIRS = 3;
    private static final Duration DURATION = Duration.ofSeconds(20);
    private static final String HEALTHY = "\"outcome\":\"succeeded\"";
    private static final String REFUSED = "\"outcome\":";

    private DeadProviderBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (ChildJvm provider = ChildJvm.start(BenchProvider.class);
                ServerSocket dead = new ServerSocket(0, 4_096, InetAddress.getLoopbackAddress());
                BenchOnward onward = BenchOnward.start(arguments)) {
            onward.register("Healthy", "http://127.0.0.1:" + provider.readLine() + "/20");
            onward.register("Dead", "http://127.0.0.1:" + dead.getLocalPort() + "/");
            run(vertx, onward, "Healthy", HEALTHY);
            for (int pair = 1; pair <= PAIRS; pair++) {
                Latencies alone = run(vertx, onward, "Healthy", HEALTHY);
                CompletableFuture<Latencies> beside =
                        CompletableFuture.supplyAsync(() -> run(vertx, onward, "Dead", REFUSED));
                Latencies healthy = run(vertx, onward, "Healthy", HEALTHY);
                print(pair, alone, healthy, beside.join());
                System.out.println("of the dead one ended in Onward so far: " + onward.ended("Dead")
                        + ", still in flight: " + onward.inFlight());
            }
        }
        vertx.close();
    }

    private static Latencies run(Vertx vertx, BenchOnward onward, String action, String hoped) {
        OpenLoop loop = OpenLoop.ofAction(vertx, onward.port(), action);
        try {
            return loop.run(RATE, DURATION, hoped);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } finally {
            loop.close();
        }
    }

    private static void print(int pair, Latencies alone, Latencies healthy, Latencies dead) {
        System.out.println(String.format(
                Locale.ROOT,
                "pair %d: healthy alone p50 %.1f p99 %.1f ms; beside the dead one p50 %.1f p99 %.1f ms, %d of %d"
                        + " succeeded; of the dead one %d of %d calls reached an outcome, p99 %.1f ms",
                pair,
                alone.percentileMillis(50),
                alone.percentileMillis(99),
                healthy.percentileMillis(50),
                healthy.percentileMillis(99),
                healthy.good(),
                healthy.calls(),
                dead.good(),
                dead.calls(),
                dead.percentileMillis(99)));
    }
}
