package dev.onward;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.InTarget;
import dev.onward.testsupport.PackagedOnward;
import dev.onward.testsupport.StubProvider;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
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

    private final StubProvider provider = StubProvider.start();
    private PackagedOnward onward = start();

    @AfterEach
    void end() {
        onward.close();
        provider.close();
    }

    @Test
    void every_outcome_that_a_client_received_is_in_the_log() throws Exception {
        ping().create(provider);
        invokeFromAllThreads(INVOCATIONS / 2);
        assertThat(outcomes).hasSizeBetween(INVOCATIONS / 2, INVOCATIONS - 1);

        onward = start();

        invokeFromAllThreads(Integer.MAX_VALUE);
        assertThat(outcomes)
                .hasSizeGreaterThan(INVOCATIONS - 2 * THREADS)
                .allSatisfy((callId, outcome) -> assertThat(outcome).isEqualTo("succeeded"));
        PingAction ping = ping();
        Map<String, String> logged = new TreeMap<>();
        outcomes.keySet()
                .forEach(callId -> logged.put(callId, outcome(ping.log(callId).json())));
        assertThat(logged).isEqualTo(outcomes);
    }

    /** Returns when no invocation is left, or when all threads have lost the process that was killed. */
    private void invokeFromAllThreads(int killAt) throws InterruptedException {
        PingAction ping = ping();
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

    private PingAction ping() {
        return new PingAction(onward.client(PingAction.KEY));
    }

    private static PackagedOnward start() {
        return PackagedOnward.start(folder, PingAction.ENVIRONMENT).awaitReady();
    }
}
