package dev.onward;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.InTarget;
import dev.onward.testsupport.PackagedOnward;
import dev.onward.testsupport.StubProvider;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A kill in the middle of synchronous invocations: what a client was told is in the log. */
class KillIT {

    private static final int INVOCATIONS = 1_000;
    private static final int THREADS = 8;

    @TempDir(factory = InTarget.class, cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    /** What clients were told: outcomes by the ids of their calls. */
    private final Map<String, String> outcomes = new ConcurrentHashMap<>();

    private final AtomicInteger left = new AtomicInteger(INVOCATIONS);

    @Test
    void every_outcome_that_a_client_received_is_in_the_log() throws Exception {
        try (StubProvider provider = StubProvider.start()) {
            try (PackagedOnward killed = start()) {
                new PingAction(killed.client(PingAction.KEY)).create(provider);
                invokeFromAllThreads(killed, INVOCATIONS / 2);
            }
            assertThat(outcomes).hasSizeBetween(INVOCATIONS / 2, INVOCATIONS - 1);
            try (PackagedOnward next = start()) {
                invokeFromAllThreads(next, Integer.MAX_VALUE);
                PingAction ping = new PingAction(next.client(PingAction.KEY));
                List<String> missing = outcomes.keySet().stream()
                        .filter(callId -> !outcomes.get(callId)
                                .equals(outcome(ping.log(callId).json())))
                        .toList();
                assertThat(missing).isEmpty();
            }
            assertThat(outcomes)
                    .hasSizeGreaterThan(INVOCATIONS - 2 * THREADS)
                    .allSatisfy((callId, outcome) -> assertThat(outcome).isEqualTo("succeeded"));
        }
    }

    /** Returns when no invocation is left, or when all threads have lost the process that was killed. */
    private void invokeFromAllThreads(PackagedOnward onward, int killAt) throws InterruptedException {
        PingAction ping = new PingAction(onward.client(PingAction.KEY));
        CountDownLatch reached = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            IntStream.range(0, THREADS)
                    .forEach(thread -> threads.execute(() -> invokeUntilLost(ping, killAt, reached)));
            threads.shutdown();
            if (killAt < INVOCATIONS) {
                assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
                onward.kill9();
            }
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    private void invokeUntilLost(PingAction ping, int killAt, CountDownLatch reached) {
        try {
            while (left.getAndDecrement() > 0) {
                JsonNode answer = ping.invoke("p-1").json();
                outcomes.put(answer.path("callId").asText(), outcome(answer));
                if (outcomes.size() >= killAt) {
                    reached.countDown();
                }
            }
        } catch (UncheckedIOException killed) {
            // No answer came, so nothing was promised: this invocation's outcome nobody knows.
        }
    }

    private static String outcome(JsonNode call) {
        return call.path("outcome").asText();
    }

    private static PackagedOnward start() {
        return PackagedOnward.start(folder, PingAction.ENVIRONMENT).awaitReady();
    }
}
