package dev.onward.invocation.batch;

import static dev.onward.invocation.batch.BatchServer.answer;
import static dev.onward.invocation.batch.BatchServer.lines;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.invocation.EndedInvocation;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.testsupport.BatchConnection;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a line of a batch gives its place to the next one. */
class BatchPlacesTest {

    private static final int CONCURRENCY = 3;

    private final BatchServer server = new BatchServer();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void the_next_line_begins_while_as_many_again_are_recorded() throws IOException {
        Queue<Runnable> recordings = new ConcurrentLinkedQueue<>();
        AtomicInteger begun = new AtomicInteger();
        Batch.Work work = (document, key) -> {
            CompletableFuture<InvocationAnswer> recorded = new CompletableFuture<>();
            recordings.add(() -> recorded.complete(answer(document)));
            begun.incrementAndGet();
            CompletableFuture<EndedInvocation<InvocationAnswer>> ended = new CompletableFuture<>();
            Vertx.currentContext().runOnContext(turn -> ended.complete(new EndedInvocation<>(recorded)));
            return ended;
        };
        try (BatchConnection client = connect(work, CONCURRENCY)) {
            client.text(lines(1, 7)).end();
            await().until(() -> begun.get() == 2 * CONCURRENCY);
            await().during(Duration.ofMillis(100)).until(() -> begun.get() == 2 * CONCURRENCY);
            recordings.remove().run();
            await().until(() -> begun.get() == 7);
            recordings.forEach(Runnable::run);
            assertThat(client.answers()).hasSize(7);
        }
    }

    @Test
    void a_line_that_ends_on_another_thread_has_its_place_until_its_answer() throws IOException {
        Queue<Runnable> recordings = new ConcurrentLinkedQueue<>();
        AtomicInteger begun = new AtomicInteger();
        Batch.Work work = (document, key) -> {
            CompletableFuture<InvocationAnswer> recorded = new CompletableFuture<>();
            recordings.add(() -> recorded.complete(answer(document)));
            begun.incrementAndGet();
            return CompletableFuture.supplyAsync(() -> new EndedInvocation<>(recorded));
        };
        try (BatchConnection client = connect(work, CONCURRENCY)) {
            client.text(lines(1, 7)).end();
            for (int answered = 0; answered < 7; answered++) {
                int expected = Math.min(7, answered + CONCURRENCY);
                await().until(() -> begun.get() == expected);
                recordings.remove().run();
            }
            assertThat(client.answers()).hasSize(7);
        }
        assertThat(begun).hasValue(7);
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
}
