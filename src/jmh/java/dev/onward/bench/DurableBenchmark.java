package dev.onward.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * 30,000 durable calls over one stream, three times: how many a second are accepted with fsync, and how many are accepted,
 * sent and in the log, from the first byte of the request to the last commit. A round before them, which is printed and
 * not counted, warms up. Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pbench -DskipTests package exec:exec -Dbench=dev.onward.bench.DurableBenchmark
 * }</pre>
 *
 * <p>Arguments, if any, are options of Onward's JVM.
 */
public final class DurableBenchmark {

    private static final int CALLS = 30_000;
    private static final int LINE_BYTES = 600;
    private static final int ROUNDS = 3;

    private DurableBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        try (ChildJvm provider = ChildJvm.start(BenchProvider.class);
                BenchOnward onward = BenchOnward.start(arguments)) {
            int port = Integer.parseInt(provider.readLine());
            onward.register("Fast", "http://127.0.0.1:" + port + "/0");
            List<Double> rates = new ArrayList<>();
            for (int round = 0; round <= ROUNDS; round++) {
                double rate = round(onward, (round + 1L) * CALLS, round == 0 ? "warm-up" : "round " + round);
                if (round > 0) {
                    rates.add(rate);
                }
            }
            print(
                    "median of %d rounds: %.0f calls/s accepted with fsync, sent and logged",
                    ROUNDS, rates.stream().sorted().toList().get(ROUNDS / 2));
        }
    }

    private static double round(BenchOnward onward, long endedAfter, String name) {
        BatchClient client = new BatchClient(onward.port(), BenchOnward.KEY);
        Duration process = onward.cpuTime();
        Duration database = onward.databaseCpuTime();
        long start = System.nanoTime();
        int accepted = client.accept("Fast", line(), CALLS);
        Duration acceptedAfter = Duration.ofNanos(System.nanoTime() - start);
        if (accepted != CALLS) {
            throw new IllegalStateException(accepted + " of " + CALLS + " calls were accepted");
        }
        BenchOnward.await(() -> onward.ended("Fast") >= endedAfter);
        Duration all = Duration.ofNanos(System.nanoTime() - start);
        print(
                "%s: accepted %.0f/s; accepted, sent and logged %.0f/s; %.0f us of Onward's CPU and %.0f us of its"
                        + " database's each",
                name,
                perSecond(acceptedAfter),
                perSecond(all),
                micros(onward.cpuTime().minus(process)),
                micros(onward.databaseCpuTime().minus(database)));
        return perSecond(all);
    }

    private static byte[] line() {
        String front = "{\"profileId\":\"p-1\",\"arguments\":{\"text\":\"";
        String end = "\"}}\n";
        return (front + "x".repeat(LINE_BYTES - front.length() - end.length()) + end).getBytes(StandardCharsets.US_ASCII);
    }

    private static double perSecond(Duration took) {
        return CALLS * 1_000.0 / took.toMillis();
    }

    private static double micros(Duration cpu) {
        return cpu.toNanos() / 1_000.0 / CALLS;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
