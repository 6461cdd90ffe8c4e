package dev.onward.invocation.batch;

import static dev.onward.invocation.batch.BatchServer.answer;
import static dev.onward.invocation.batch.BatchServer.bytes;
import static dev.onward.invocation.batch.BatchServer.lines;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.invocation.EndedInvocation;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.invocation.OverloadedException;
import dev.onward.testsupport.BatchConnection;
import dev.onward.value.JsonMembers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The batch over a real connection, with work that the test ends. */
class BatchTest {

    private static final int CONCURRENCY = 3;

    private final BatchServer server = new BatchServer();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private CompletableFuture<Consumer<JsonMembers>> added = CompletableFuture.completedFuture(members -> {});
    private final HeldWork held = new HeldWork();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void a_line_that_found_no_room_is_tried_again_until_it_does() throws IOException {
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        Batch.Work work = (document, key) -> {
            int number = tries.merge(document.toString(), 1, Integer::sum);
            if (number == 1) {
                throw new OverloadedException("full");
            }
            return number == 2
                    ? CompletableFuture.failedFuture(new CompletionException(new OverloadedException("full")))
                    : CompletableFuture.completedStage(EndedInvocation.of(answer(document)));
        };
        try (BatchConnection client = connect(work)) {
            for (int i = 1; i <= 7; i++) {
                client.line("{\"n\":" + i + "}");
            }
            List<JsonNode> answers = client.end().answers();
            assertThat(answers)
                    .extracting(answer ->
                            answer.get("line").intValue() * 10 + answer.get("n").intValue())
                    .containsExactlyInAnyOrder(11, 22, 33, 44, 55, 66, 77);
            assertThat(tries.values()).containsOnly(3);
        }
    }

    @Test
    void a_fault_of_ours_ends_its_line_only() throws IOException {
        Batch.Work work = (document, key) -> {
            if (document.get("n").intValue() == 1) {
                throw new IllegalStateException("bug");
            }
            return document.get("n").intValue() == 2
                    ? CompletableFuture.failedFuture(new CompletionException(new IllegalStateException("bug")))
                    : CompletableFuture.completedStage(EndedInvocation.of(answer(document)));
        };
        try (BatchConnection client = connect(work)) {
            List<JsonNode> answers = client.line("{\"n\":1}")
                    .line("{\"n\":2}")
                    .line("{\"n\":3}")
                    .end()
                    .answers();
            assertThat(answers)
                    .extracting(JsonNode::toString)
                    .containsExactly(
                            "{\"line\":1,\"problem\":{\"is\":\"IllegalStateException\"}}",
                            "{\"line\":2,\"problem\":{\"is\":\"IllegalStateException\"}}",
                            "{\"line\":3,\"n\":3}");
        }
    }

    @Test
    void a_stop_ends_the_answer_after_the_lines_that_were_begun() throws IOException {
        try (BatchConnection client = connect(held)) {
            client.text(lines(1, 5));
            await().until(() -> held.begun.size() == CONCURRENCY);
            server.stop();
            assertThat(server.over()).isZero();
            held.endAll();
            assertThat(client.answers())
                    .extracting(JsonNode::toString)
                    .contains("{\"line\":1,\"n\":1}", "{\"line\":2,\"n\":2}", "{\"line\":3,\"n\":3}")
                    .contains("{\"line\":4,\"problem\":{\"is\":\"StoppingException\"}}")
                    .contains("{\"line\":5,\"problem\":{\"is\":\"StoppingException\"}}")
                    .hasSize(5);
            await().until(() -> server.over() == 1);
        }
        assertThat(held.begun).hasSize(CONCURRENCY);
    }

    @Test
    void a_client_that_leaves_ends_the_batch_when_the_last_call_has_ended() throws IOException {
        try (BatchConnection client = connect(held)) {
            client.text(lines(1, 9));
            await().until(() -> held.begun.size() == CONCURRENCY);
        }
        await().during(Duration.ofMillis(100)).until(() -> server.over() == 0);
        held.endAll();
        await().until(() -> server.over() == 1);
        assertThat(held.begun).hasSize(CONCURRENCY);
    }

    @Test
    void the_next_line_begins_when_one_has_ended() throws IOException {
        try (BatchConnection client = connect(held)) {
            client.text(lines(1, 20)).end();
            for (int ended = 0; ended < 20; ended++) {
                int expected = Math.min(20, ended + CONCURRENCY);
                await().until(() -> held.begun.size() >= expected);
                assertThat(held.begun).hasSize(expected);
                held.endOne();
            }
            assertThat(client.answers())
                    .extracting(answer -> answer.get("n").intValue())
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 20).boxed().toList());
        }
    }

    @Test
    void lines_are_bounded_by_their_bytes_too() throws IOException {
        String large = "{\"n\":1}" + " ".repeat(1_000_000);
        int fitting = 17;
        try (BatchConnection client = connect(held, 100)) {
            Thread upload = new Thread(() -> upload(client, large, 2 * fitting));
            upload.start();
            await().until(() -> held.begun.size() == fitting);
            await().during(Duration.ofMillis(200)).until(() -> held.begun.size() == fitting);
            held.endOne();
            await().until(() -> held.begun.size() == fitting + 1);
        }
    }

    private static void upload(BatchConnection client, String text, int times) {
        try {
            for (int i = 0; i < times; i++) {
                client.line(text);
            }
        } catch (IOException notReadAnyMore) {
            // What was begun is what the test looks at.
        }
    }

    @Test
    void a_key_is_taken_out_of_the_document() throws IOException {
        List<Optional<String>> keys = new CopyOnWriteArrayList<>();
        Batch.Work work = (document, key) -> {
            keys.add(key);
            return CompletableFuture.completedStage(
                    EndedInvocation.of(new InvocationAnswer(bytes(document.toString()), true)));
        };
        try (BatchConnection client = connect(work)) {
            JsonNode answer = client.line("{\"n\":1,\"idempotencyKey\":\"k\"}").answer();
            assertThat(answer).hasToString("{\"line\":1,\"n\":1,\"idempotentReplayed\":true}");
            assertThat(keys).containsExactly(Optional.of("k"));
        }
    }

    @Test
    void an_upload_that_breaks_off_is_no_end() throws IOException {
        try (BatchConnection client = connect(held)) {
            client.text(lines(1, 1));
            await().until(() -> held.begun.size() == 1);
            client.text("{\"n\":2}").breakOff();
            held.endAll();
            await().until(() -> server.over() == 1);
            assertThatThrownBy(client::answers).isInstanceOf(IOException.class);
        }
        assertThat(held.begun).hasSize(1);
    }

    @Test
    void a_stream_with_one_answer_counts_its_lines_at_the_end() throws IOException {
        Batch.Work work = (document, key) -> {
            assertThat(key).isEmpty();
            if (document.get("n").intValue() == 2) {
                throw new IllegalStateException("bug");
            }
            boolean known = document.get("n").intValue() == 3;
            return CompletableFuture.completedStage(EndedInvocation.of(new InvocationAnswer(bytes("{}"), known)));
        };
        try (BatchConnection client = tally(work)) {
            client.text(lines(1, 3)).line("x").text("{\"n\":1,\"idempotencyKey\":7}");
            client.end();
            assertThat(client.head()).startsWith("HTTP/1.1 202 ").containsIgnoringCase("application/json");
            assertThat(client.body())
                    .hasToString("{\"accepted\":2,\"duplicates\":1,\"rejected\":["
                            + "{\"line\":2,\"problem\":{\"is\":\"IllegalStateException\"}},"
                            + "{\"line\":4,\"problem\":{\"is\":\"JsonException\"}}]}");
            assertThat(refused).hasValue(2);
        }
    }

    @Test
    void a_stream_with_one_answer_that_a_stop_cuts_short_is_told_so() throws IOException {
        try (BatchConnection client = tally(held)) {
            client.text(lines(1, 1));
            await().until(() -> held.begun.size() == 1);
            server.stop();
            held.endAll();
            assertThat(client.head()).startsWith("HTTP/1.1 500 ");
            assertThat(client.rest()).contains("StoppingException");
            await().until(() -> server.over() == 1);
        }
    }

    @Test
    void a_stream_with_one_answer_that_came_whole_before_the_stop_is_answered() throws IOException {
        try (BatchConnection client = tally(held)) {
            client.text(lines(1, 2)).end();
            await().until(() -> held.begun.size() == 2);
            server.stop();
            held.endAll();
            assertThat(client.body().get("accepted").intValue()).isEqualTo(2);
        }
    }

    @Test
    void the_one_answer_waits_for_what_is_added_to_it() throws IOException {
        added = new CompletableFuture<>();
        try (BatchConnection client = tally(held)) {
            client.text(lines(1, 1)).end();
            await().until(() -> held.begun.size() == 1);
            held.endAll();
            await().until(() -> server.over() == 1);
            assertThat(client.isAnswered()).isFalse();
            added.complete(members -> members.text("more", "known"));
            assertThat(client.body().get("more").textValue()).isEqualTo("known");
        }
    }

    @Test
    void the_one_answer_is_the_problem_when_what_is_added_to_it_cannot_be_known() throws IOException {
        added = CompletableFuture.failedFuture(new CompletionException(new IllegalArgumentException()));
        try (BatchConnection client = tally(held)) {
            client.end();
            assertThat(client.head()).startsWith("HTTP/1.1 500 ");
            assertThat(client.rest()).contains("IllegalArgumentException");
            await().until(() -> left.get() == 1);
        }
    }

    private BatchConnection connect(Batch.Work work) throws IOException {
        return connect(work, CONCURRENCY);
    }

    private BatchConnection connect(Batch.Work work, int concurrency) throws IOException {
        return server.connect(() -> Batches.Terms.lineByLine(work, concurrency, 200));
    }

    private BatchConnection tally(Batch.Work work) throws IOException {
        return server.connect(() -> Batches.Terms.tally(work, CONCURRENCY, 202, new Batches.Hearing() {
            @Override
            public void refused() {
                refused.incrementAndGet();
            }

            @Override
            public CompletionStage<Consumer<JsonMembers>> ended() {
                return added;
            }

            @Override
            public void left() {
                left.incrementAndGet();
            }
        }));
    }

    /** Work that ends when the test says so, in the order in which it began. */
    private static final class HeldWork implements Batch.Work {

        private final List<JsonNode> begun = new CopyOnWriteArrayList<>();
        private final ConcurrentLinkedQueue<Runnable> ends = new ConcurrentLinkedQueue<>();

        @Override
        public CompletionStage<EndedInvocation<InvocationAnswer>> run(
                JsonNode document, Optional<String> idempotencyKey) {
            CompletableFuture<EndedInvocation<InvocationAnswer>> end = new CompletableFuture<>();
            ends.add(() -> end.complete(EndedInvocation.of(answer(document))));
            begun.add(document);
            return end;
        }

        void endOne() {
            Optional.ofNullable(ends.poll()).orElseThrow().run();
        }

        void endAll() {
            while (!ends.isEmpty()) {
                endOne();
            }
        }
    }
}
