package dev.onward.invocation.batch;

import static dev.onward.invocation.batch.BatchServer.answer;
import static dev.onward.invocation.batch.BatchServer.lines;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.invocation.EndedInvocation;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.testsupport.BatchConnection;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a line of a batch gives its place to the next one. */
class BatchPlacesTest {

    private static final int CONCURRENCY = 3;
    private static final Duration STABLE = Duration.ofMillis(100);

    private final BatchServer server = new BatchServer();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void the_next_line_begins_while_as_many_again_are_recorded() throws IOException {
        HeldRecords held = new HeldRecords(end -> Vertx.currentContext().runOnContext(turn -> end.run()));
        try (BatchConnection client = connect(held, CONCURRENCY)) {
            client.text(lines(1, 7)).end();
            held.awaitBegun(2 * CONCURRENCY);
            held.recordOne();
            held.awaitBegun(7);
            held.recordAll();
            assertThat(client.answers()).hasSize(7);
        }
    }

    @Test
    void a_line_that_ends_on_another_thread_has_its_place_until_its_answer() throws IOException {
        HeldRecords held = new HeldRecords(ForkJoinPool.commonPool()::execute);
        try (BatchConnection client = connect(held, CONCURRENCY)) {
            client.text(lines(1, 7)).end();
            held.awaitBegun(CONCURRENCY);
            held.recordOne();
            held.awaitBegun(CONCURRENCY + 1);
            held.recordAll();
            held.awaitBegun(7);
            held.recordAll();
            assertThat(client.answers()).hasSize(7);
        }
    }

    @Test
    void a_client_that_leaves_ends_the_batch_when_the_last_call_is_recorded() throws IOException {
        HeldRecords held = new HeldRecords(end -> Vertx.currentContext().runOnContext(turn -> end.run()));
        try (BatchConnection client = connect(held, CONCURRENCY)) {
            client.text(lines(1, CONCURRENCY));
            held.awaitBegun(CONCURRENCY);
        }
        await().during(STABLE).until(() -> server.over() == 0);
        held.recordAll();
        await().until(() -> server.over() == 1);
    }

    @Test
    void a_call_that_cannot_be_recorded_is_told_on_its_line() throws IOException {
        Batch.Work work = (document, key) -> CompletableFuture.completedStage(new EndedInvocation<>(
                CompletableFuture.failedFuture(new CompletionException(new IllegalStateException()))));
        try (BatchConnection client = connect(work, CONCURRENCY)) {
            assertThat(client.text(lines(1, 1)).end().answers())
                    .singleElement()
                    .hasToString("{\"line\":1,\"problem\":{\"is\":\"IllegalStateException\"}}");
        }
    }

    @Test
    void lines_that_end_at_once_do_not_nest() throws IOException {
        Batch.Work work = (document, key) -> CompletableFuture.completedStage(EndedInvocation.of(answer(document)));
        int many = 20_000;
        try (BatchConnection client = connect(work, 1_000)) {
            Thread upload = new Thread(() -> upload(client, lines(1, many)));
            upload.start();
            for (int line = 1; line <= many; line++) {
                assertThat(client.answer().get("n").intValue()).isEqualTo(line);
            }
        }
    }

    private static void upload(BatchConnection client, String text) {
        try {
            client.text(text);
        } catch (IOException notReadAnyMore) {
            // The answers are what the test looks at.
        }
    }

    private BatchConnection connect(Batch.Work work, int concurrency) throws IOException {
        return server.connect(() -> Batches.Terms.lineByLine(work, concurrency, 200));
    }

    /** Calls that end where the test says, at once, and are recorded when it says so. */
    private static final class HeldRecords implements Batch.Work {

        private final Consumer<Runnable> ending;
        private final AtomicInteger begun = new AtomicInteger();
        private final Queue<Runnable> recordings = new ConcurrentLinkedQueue<>();

        private HeldRecords(Consumer<Runnable> ending) {
            this.ending = ending;
        }

        @Override
        public CompletionStage<EndedInvocation<InvocationAnswer>> run(
                JsonNode document, Optional<String> idempotencyKey) {
            CompletableFuture<InvocationAnswer> recorded = new CompletableFuture<>();
            CompletableFuture<EndedInvocation<InvocationAnswer>> ended = new CompletableFuture<>();
            recordings.add(() -> recorded.complete(answer(document)));
            begun.incrementAndGet();
            ending.accept(() -> ended.complete(new EndedInvocation<>(recorded)));
            return ended;
        }

        /** Waits until so many have begun, and sees that no more do. */
        private void awaitBegun(int expected) {
            await().during(STABLE).until(() -> begun.get() == expected);
        }

        private void recordOne() {
            recordings.remove().run();
        }

        private void recordAll() {
            while (!recordings.isEmpty()) {
                recordOne();
            }
        }
    }
}
