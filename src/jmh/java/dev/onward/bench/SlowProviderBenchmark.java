package dev.onward.bench;

import dev.onward.bench.OpenLoop.Latencies;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Providers that answer after 50, 200 and 1,000 ms, called 20, 80, 150 and 1,500 times a second by {@code invoke}, open
 * loop, 30 s each; latency from the intended send time. Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pbench -DskipTests package exec:exec -Dbench=dev.onward.bench.SlowProviderBenchmark
 * }</pre>
 *
 * <p>Arguments, if any, are options of Onward's JVM.
 */
public final class SlowProviderBenchmark {

    private static final int[] RATES = {20, 80, 150, 1_500};
    private static final int[] DELAYS_MILLIS = {50, 200, 1_000};
    private static final Duration DURATION = Duration.ofSeconds(30);
    private static final int[] WARM_UP_RATES = {100, 500, 1_500};
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final String SUCCEEDED = "\"outcome\":\"succeeded\"";

    private SlowProviderBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (ChildJvm provider = ChildJvm.start(BenchProvider.class);
                BenchOnward onward = BenchOnward.start(arguments)) {
            int port = Integer.parseInt(provider.readLine());
            String url = "http://127.0.0.1:" + port + "/";
            onward.register("After0", url + "0");
            for (int rate : WARM_UP_RATES) {
                OpenLoop loop = OpenLoop.ofAction(vertx, onward.port(), "After0");
                loop.run(rate, WARM_UP, SUCCEEDED);
                loop.close();
            }
            long warm = WARM_UP.toSeconds() * Arrays.stream(WARM_UP_RATES).sum();
            BenchOnward.await(() -> onward.logged() >= warm);
            for (int delay : DELAYS_MILLIS) {
                OpenLoop direct = new OpenLoop(vertx, port, "/" + delay);
                Latencies alone = direct.run(RATES[0], DURATION, "accepted");
                direct.close();
                System.out.println(String.format(
                        Locale.ROOT,
                        "without Onward, %d calls/s, answers after %,d ms: mean %.2f ms, %.2f more",
                        RATES[0],
                        delay,
                        alone.meanMillis(),
                        alone.meanMillis() - delay));
                onward.register("After" + delay, url + delay);
                for (int rate : RATES) {
                    OpenLoop loop = OpenLoop.ofAction(vertx, onward.port(), "After" + delay);
                    Latencies through = loop.run(rate, DURATION, SUCCEEDED);
                    print(rate, delay, through);
                    if (rate == RATES[0]) {
                        System.out.println(String.format(
                                Locale.ROOT,
                                "      of these, Onward adds %.2f ms to the same calls without it",
                                through.meanMillis() - alone.meanMillis()));
                    }
                    loop.close();
                }
            }
        }
        vertx.close();
    }

    private static void print(int rate, int delay, Latencies result) {
        System.out.println(String.format(
                Locale.ROOT,
                "%,5d calls/s, answers after %,5d ms: %.1f done a second, %d of %d dropped, added %.2f ms in the mean,"
                        + " %.2f at p50, %.2f at p99; mean %.1f ms",
                rate,
                delay,
                result.goodPerSecond(delay),
                result.calls() - result.good(),
                result.calls(),
                result.meanMillis() - delay,
                result.percentileMillis(50) - delay,
                result.percentileMillis(99) - delay,
                result.meanMillis()));
    }
}
