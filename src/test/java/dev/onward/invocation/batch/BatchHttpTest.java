package dev.onward.invocation.batch;

import static dev.onward.testsupport.Problems.assertProblem;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.BatchConnection;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BatchHttpTest {

    private static final String HELLO = "{\"profileId\":\"p-1\",\"arguments\":{\"text\":\"hello\"}}";
    private static final String LINES = "application/x-ndjson";

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @BeforeEach
    void registerAction() {
        api.post("/actions", Definitions.message("Sms", provider.url("/v1")))
                .then()
                .statusCode(201);
        provider.usually(Reply.json(202, "{\"id\":\"m-77\"}"));
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void a_bad_line_is_told_and_the_rest_go_on() {
        String tooLong = "{\"profileId\":\"" + "x".repeat(BatchLine.MAX_BYTES) + "\"}";
        List<JsonNode> answers = inOrder(send(
                "not json",
                HELLO,
                "{\"arguments\":{\"text\":7,\"colour\":1}}",
                "{\"nobody\":1}",
                "[]",
                tooLong,
                "{\"arguments\":{\"text\":\"x\"},\"idempotencyKey\":7}",
                "{\"arguments\":{\"text\":\"x\"},\"idempotencyKey\":\"\"}",
                HELLO));
        assertThat(answers).hasSize(9);
        assertProblem(answers.get(0).get("problem"), 400, "json-malformed");
        assertThat(answers.get(1).get("outcome").textValue()).isEqualTo("succeeded");
        assertProblem(answers.get(2).get("problem"), 422, "arguments-invalid");
        assertThat(answers.get(2).findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/arguments/text", "/arguments/colour");
        assertProblem(answers.get(3).get("problem"), 422, "validation-failed");
        assertProblem(answers.get(4).get("problem"), 422, "validation-failed");
        assertProblem(answers.get(5).get("problem"), 413, "body-too-large");
        assertProblem(answers.get(6).get("problem"), 422, "validation-failed");
        assertProblem(answers.get(7).get("problem"), 400, "idempotency-key-invalid");
        assertThat(answers.get(8).get("outcome").textValue()).isEqualTo("succeeded");
        assertThat(provider.requests()).hasSize(2);
    }

    @Test
    void a_request_that_cannot_be_a_batch_is_one_problem() {
        Api lines = api.with("Content-Type", LINES);
        assertProblem(lines.as("nobody").post("/actions/Sms/invocations", HELLO), 401, "unauthenticated");
        assertProblem(Api.anonymous().post("/actions/Sms/invocations", HELLO), 401, "unauthenticated");
        assertProblem(lines.as(api.newKey("viewer", "*")).post("/actions/Sms/invocations", HELLO), 403, "forbidden");
        assertProblem(
                lines.as(api.newKey("invoker", "other")).post("/actions/Sms/invocations", HELLO), 403, "forbidden");
        assertProblem(lines.in("NO NAME").post("/actions/Sms/invocations", HELLO), 422, "validation-failed");
        assertProblem(lines.post("/actions/Nobody/invocations", HELLO), 404, "not-found");
        assertProblem(api.post("/actions/Sms/invocations", HELLO), 415, "unsupported-media-type");
        for (String concurrency : List.of("0", "1001", "-1", "x", "", "1.5")) {
            Response refused = lines.post("/actions/Sms/invocations?concurrency=" + concurrency, HELLO);
            assertProblem(refused, 422, "validation-failed");
            assertThat(Api.json(refused).findValuesAsText("pointer")).containsExactly("/concurrency");
        }
        assertProblem(
                lines.with("Content-Encoding", "gzip").post("/actions/Sms/invocations", HELLO),
                415,
                "unsupported-media-type");
        assertProblem(
                api.with("Content-Type", LINES + "; charset=utf-16").post("/actions/Sms/invocations", HELLO),
                415,
                "unsupported-media-type");
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void a_target_that_cannot_be_decoded_is_the_clients_fault() throws IOException {
        try (BatchConnection batch = connect("?concurrency=%zz")) {
            assertThat(batch.head()).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void a_client_that_waits_to_be_told_to_go_on_is_told() throws IOException {
        try (BatchConnection batch = connect("", "Expect: 100-continue\r\n")) {
            assertThat(batch.head()).startsWith("HTTP/1.1 100 ");
        }
    }

    @Test
    void an_action_that_is_removed_meanwhile_is_not_found_from_then_on() throws IOException {
        try (BatchConnection batch = connect("")) {
            assertThat(batch.line(HELLO).answer().get("outcome").textValue()).isEqualTo("succeeded");
            api.delete("/actions/Sms").then().statusCode(204);
            assertProblem(batch.line(HELLO).answer().get("problem"), 404, "not-found");
        }
    }

    @Test
    void an_empty_batch_has_an_empty_answer() {
        Response response = api.with("Content-Type", LINES).post("/actions/Sms/invocations", "");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.contentType()).isEqualTo(LINES);
        assertThat(response.asString()).isEmpty();
        assertThat(send("", " ", "")).isEmpty();
    }

    @Test
    void answers_come_while_lines_are_still_sent() throws IOException {
        try (BatchConnection batch = connect("")) {
            assertThat(batch.head()).startsWith("HTTP/1.1 200 ").containsIgnoringCase("content-type: " + LINES);
            for (int number = 1; number <= 3; number++) {
                JsonNode answer = batch.line(HELLO).answer();
                assertThat(answer.get("line").intValue()).isEqualTo(number);
                assertThat(answer.get("response").toString()).isEqualTo("{\"id\":\"m-77\"}");
            }
            assertThat(batch.end().answers()).isEmpty();
        }
    }

    @Test
    void answers_come_in_the_order_in_which_calls_end() throws IOException {
        provider.next(Reply.json(202, "{\"id\":\"slow\"}").after(Duration.ofMillis(500)));
        try (BatchConnection batch = connect("")) {
            batch.line(HELLO);
            await().until(() -> provider.requests().size() == 1);
            batch.line(HELLO).end();
            assertThat(batch.answers())
                    .extracting(answer -> answer.get("line").intValue())
                    .containsExactly(2, 1);
        }
    }

    @Test
    void an_answer_is_that_of_invoke_with_its_line() {
        JsonNode answer = send(HELLO).get(0);
        assertThat(answer.fieldNames())
                .toIterable()
                .containsExactly(
                        "line",
                        "callId",
                        "action",
                        "actionVersion",
                        "outcome",
                        "jo_status_code",
                        "response",
                        "attempts",
                        "elapsedMs");
        JsonNode logged = await().until(
                        () -> Api.json(api.get("/logs/" + answer.get("callId").textValue())),
                        found -> found.has("callId"));
        assertThat(logged.get("profileId").textValue()).isEqualTo("p-1");
    }

    @Test
    void no_more_calls_are_under_way_than_asked_for() throws IOException {
        provider.usually(Reply.json(202, "{\"id\":\"m\"}").after(Duration.ofMillis(300)));
        try (BatchConnection batch = connect("?concurrency=1")) {
            batch.line(HELLO).line(HELLO).line(HELLO).end();
            assertThat(batch.answers())
                    .extracting(answer -> answer.get("line").intValue())
                    .containsExactly(1, 2, 3);
        }
    }

    @Test
    void a_key_that_was_used_gives_the_first_answer_again() {
        String keyed = "{\"arguments\":{\"text\":\"x\"},\"idempotencyKey\":\"order-7\"}";
        JsonNode first = send(keyed).get(0);
        JsonNode second = send(keyed).get(0);
        assertThat(first.has("idempotentReplayed")).isFalse();
        assertThat(second.get("idempotentReplayed").booleanValue()).isTrue();
        assertThat(second.get("callId")).isEqualTo(first.get("callId"));
        assertThat(provider.requests()).hasSize(1);
        Response single =
                api.with("Idempotency-Key", "order-7").post("/actions/Sms/invoke", "{\"arguments\":{\"text\":\"x\"}}");
        assertThat(single.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void calls_of_a_client_that_went_away_end_and_are_logged() throws IOException {
        provider.usually(Reply.json(202, "{\"id\":\"m\"}").after(Duration.ofMillis(300)));
        try (BatchConnection batch = connect("")) {
            batch.line(HELLO).line(HELLO);
            await().until(() -> provider.requests().size() == 2);
        }
        await().untilAsserted(
                        () -> assertThat(Api.json(api.get("/logs?action=Sms")).findValuesAsText("outcome"))
                                .containsExactly("succeeded", "succeeded"));
    }

    /** What a client does not read must not be gathered here: the server stops reading from it instead. */
    @Test
    void a_client_that_does_not_read_is_not_read_either() throws Exception {
        String answer = "{\"id\":\"" + "y".repeat(60_000) + "\"}";
        provider.usually(Reply.json(202, answer));
        int lines = 800;
        String padded = HELLO + " ".repeat(50_000);
        AtomicInteger sent = new AtomicInteger();
        try (BatchConnection batch = connect("?concurrency=4")) {
            CompletableFuture<Void> upload = CompletableFuture.runAsync(() -> upload(batch, padded, lines, sent));
            await().during(Duration.ofMillis(700))
                    .atMost(Duration.ofSeconds(30))
                    .until(new SameAsBefore(sent)::holds);
            assertThat(upload).isNotDone();
            assertThat(sent).hasValueLessThan(lines - 200);

            assertThat(batch.answers()).hasSize(lines);
            upload.join();
        }
    }

    private static void upload(BatchConnection batch, String line, int lines, AtomicInteger sent) {
        try {
            for (int i = 0; i < lines; i++) {
                batch.line(line);
                sent.incrementAndGet();
            }
            batch.end();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private List<JsonNode> send(String... lines) {
        try (BatchConnection batch = connect("")) {
            return batch.text(String.join("\n", lines)).end().answers();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private BatchConnection connect(String query) throws IOException {
        return connect(query, "");
    }

    private BatchConnection connect(String query, String moreHeaders) throws IOException {
        return BatchConnection.open(
                RestAssured.port,
                "/api/v1/actions/Sms/invocations" + query,
                "Authorization: Bearer " + Api.ADMIN_KEY + "\r\nx-sandbox-name: " + api.sandbox() + "\r\nContent-Type: "
                        + LINES + "\r\n" + moreHeaders);
    }

    private static List<JsonNode> inOrder(List<JsonNode> answers) {
        return answers.stream()
                .sorted(Comparator.comparingInt(answer -> answer.get("line").intValue()))
                .toList();
    }

    /** Whether a number is still what it was when it was asked for last. */
    private static final class SameAsBefore {

        private final AtomicInteger number;
        private int before = -1;

        private SameAsBefore(AtomicInteger number) {
            this.number = number;
        }

        private boolean holds() {
            int now = number.get();
            boolean same = now == before;
            before = now;
            return same;
        }
    }
}
