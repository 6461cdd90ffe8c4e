package dev.onward.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Ten thousand calls in flight within a heap of 256 MiB: ten batches of a thousand lines each, to a provider that answers
 * after eight seconds. Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pbench -DskipTests package exec:exec -Dbench=dev.onward.bench.InFlightBenchmark
 * }</pre>
 */
public final class InFlightBenchmark {

    private static final int BATCHES = 10;
    private static final int LINES = 1_000;
    private static final int POLL_MILLIS = 200;
    private static final int ANSWER_MILLIS = 8_000;

    private InFlightBenchmark() {}

    private static Executor later() {
        return CompletableFuture.delayedExecutor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    public static void main(String[] arguments) throws Exception {
        try (ChildJvm provider = ChildJvm.start(BenchProvider.class);
                BenchOnward onward = BenchOnward.start("-Xmx256m", "-XX:+ExitOnOutOfMemoryError")) {
            onward.register("Slow", "http://127.0.0.1:" + provider.readLine() + "/" + ANSWER_MILLIS, "PT30S");
            byte[] line = ("{\"profileId\":\"p-1\",\"arguments\":{\"text\":\"" + "x".repeat(540) + "\"}}\n")
                    .getBytes(StandardCharsets.US_ASCII);
            long start = System.nanoTime();
            List<CompletableFuture<Integer>> batches = new ArrayList<>();
            for (int i = 0; i < BATCHES; i++) {
                BatchClient client = new BatchClient(onward.port(), BenchOnward.KEY);
                batches.add(CompletableFuture.supplyAsync(() -> client.send("Slow", LINES, line, LINES), task -> new Thread(task).start()));
            }
            long most = 0;
            CompletableFuture<Void> all = CompletableFuture.allOf(batches.toArray(CompletableFuture[]::new));
            while (!all.isDone()) {
                most = Math.max(most, onward.inFlight());
                CompletableFuture.anyOf(all, CompletableFuture.supplyAsync(() -> "", later())).join();
            }
            int succeeded = batches.stream().mapToInt(CompletableFuture::join).sum();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.println(String.format(
                    Locale.ROOT,
                    "%,d of %,d calls succeeded within %.1f s, of which the provider takes %d s; at most %,d were seen in"
                            + " flight at once; heap at most 256 MiB",
                    succeeded,
                    BATCHES * LINES,
                    took.toMillis() / 1_000.0,
                    ANSWER_MILLIS / 1_000,
                    most));
        }
    }
}
