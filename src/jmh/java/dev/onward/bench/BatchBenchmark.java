package dev.onward.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A batch of 100,000 lines beside the bare client, in turn, three pairs in one run: the rate until the last answer, the
 * CPU time of the process per call, and when the log was complete. Ten pairs before them, which are printed and not
 * counted, warm both up alike: in them much of the work is the JVM's compiler. Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pbench -DskipTests package exec:exec -Dbench=dev.onward.bench.BatchBenchmark
 * }</pre>
 *
 * <p>Arguments, if any, are options of Onward's JVM.
 */
public final class BatchBenchmark {

    private static final int CALLS = 100_000;
    private static final int CONCURRENCY = 64;
    private static final int LINE_BYTES = 600;
    private static final int WARM_UPS = 10;
    private static final int PAIRS = 3;

    private BatchBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        try (ChildJvm provider = ChildJvm.start(BenchProvider.class);
                ChildJvm bare = ChildJvm.start(BareClient.class);
                BenchOnward onward = BenchOnward.start(arguments)) {
            int port = Integer.parseInt(provider.readLine());
            onward.register("Fast", "http://127.0.0.1:" + port + "/0");
            onward.capGenerously("http://127.0.0.1:" + port + "/*");
            List<Double> rates = new ArrayList<>();
            List<Double> costs = new ArrayList<>();
            List<Double> logTimes = new ArrayList<>();
            for (int pair = 1 - WARM_UPS; pair <= PAIRS; pair++) {
                Measured alone = bare(bare, port);
                Duration database = onward.databaseCpuTime();
                Measured batch = batch(onward);
                long expected = (pair + WARM_UPS) * (long) CALLS;
                Duration complete = BenchOnward.await(() -> onward.logged() >= expected);
                if (pair > 0) {
                    rates.add(batch.perSecond() / alone.perSecond());
                    costs.add(batch.cpuMicros() / alone.cpuMicros());
                    logTimes.add(complete.toMillis() / 1_000.0);
                }
                print(
                        "%s: bare client %s; batch %s; log complete %.1f s after, %.1f us of the database's CPU each",
                        pair <= 0 ? "warm-up" : "pair " + pair,
                        alone,
                        batch,
                        complete.toMillis() / 1_000.0,
                        onward.databaseCpuTime().minus(database).toNanos() / 1_000.0 / CALLS);
            }
            print("median of %d pairs: rate %.2f of the bare client's, CPU per call %.2f times, log complete after %.1f s",
                    PAIRS, median(rates), median(costs), median(logTimes));
        }
    }

    private static Measured bare(ChildJvm client, int port) {
        Duration before = client.cpuTime();
        long millis = Long.parseLong(client.ask(port + " " + CALLS + " " + CONCURRENCY + " " + LINE_BYTES));
        return new Measured(Duration.ofMillis(millis), client.cpuTime().minus(before));
    }

    private static Measured batch(BenchOnward onward) {
        BatchClient client = new BatchClient(onward.port(), BenchOnward.KEY);
        byte[] line = line();
        Duration before = onward.cpuTime();
        long start = System.nanoTime();
        int succeeded = client.send("Fast", CONCURRENCY, line, CALLS);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Duration cpu = onward.cpuTime().minus(before);
        if (succeeded != CALLS) {
            throw new IllegalStateException(succeeded + " of " + CALLS + " calls succeeded");
        }
        return new Measured(took, cpu);
    }

    private static byte[] line() {
        String front = "{\"profileId\":\"p-1\",\"arguments\":{\"text\":\"";
        String end = "\"}}\n";
        return (front + "x".repeat(LINE_BYTES - front.length() - end.length()) + end).getBytes(StandardCharsets.US_ASCII);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private record Measured(Duration took, Duration cpu) {

        double perSecond() {
            return CALLS * 1_000.0 / took.toMillis();
        }

        double cpuMicros() {
            return cpu.toNanos() / 1_000.0 / CALLS;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f calls/s, %.1f us of CPU each", perSecond(), cpuMicros());
        }
    }
}
