package dev.onward.invocation;

import static dev.onward.testsupport.Problems.assertProblem;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IdempotencyHttpTest {

    private static final String HELLO = "{\"arguments\":{\"text\":\"hello\"}}";
    private static final String OTHER = "{\"arguments\":{\"text\":\"other\"}}";

    private final Api api = Api.fresh();
    private final StubProvider provider = StubProvider.start();

    @BeforeEach
    void registerAction() {
        api.post("/actions", Definitions.message("Sms", provider.url("/v1")));
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void a_key_that_is_none_is_400() {
        for (String key : List.of("a b", "\"a", "\u00e4", "a".repeat(256), "\"" + "a".repeat(256) + "\"", "\"\"")) {
            assertProblem(invoke(key, HELLO), 400, "idempotency-key-invalid");
        }
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void a_key_of_another_request_is_422() {
        invoke("k", HELLO);
        assertProblem(invoke("k", OTHER), 422, "idempotency-key-reused");
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void a_repeat_while_the_first_runs_is_409() {
        provider.usually(Reply.status(200).after(Duration.ofSeconds(3)));
        CompletableFuture<Response> first = CompletableFuture.supplyAsync(() -> invoke("k", HELLO));
        await().until(() -> !provider.requests().isEmpty());
        Response second = invoke("k", HELLO);
        assertProblem(second, 409, "idempotency-in-progress");
        assertThat(second.header("Retry-After")).matches("[0-9]+");
        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(invoke("k", HELLO).header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void a_repeat_gets_the_first_outcome_and_calls_nobody() {
        provider.next(Reply.json(400, "{\"error\":\"first\"}"));
        Response first = invoke("\"my key\"", HELLO);
        Response second = invoke("\"my key\"", HELLO);
        assertThat(first.header("Idempotent-Replayed")).isNull();
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void a_refused_request_leaves_its_key_free() {
        assertProblem(invoke("k", "{\"arguments\":{}}"), 422, "arguments-invalid");
        assertThat(invoke("k", HELLO).statusCode()).isEqualTo(200);
    }

    @Test
    void an_action_whose_name_was_used_again_does_not_give_the_outcome_of_the_old_one() {
        invoke("k", HELLO);
        api.delete("/actions/Sms");
        registerAction();
        assertProblem(invoke("k", HELLO), 422, "idempotency-key-reused");
        assertThat(invoke("k2", HELLO).statusCode()).isEqualTo(200);
    }

    @Test
    void a_new_version_of_an_action_still_gives_the_outcome_of_before() {
        invoke("k", HELLO);
        api.put("/actions/Sms", Definitions.message("Sms", provider.url("/v2")).toString());
        assertThat(invoke("k", HELLO).header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void quoted_and_bare_forms_are_the_same_key() {
        invoke("abc", HELLO);
        assertThat(invoke("\"abc\"", HELLO).header("Idempotent-Replayed")).isEqualTo("true");
    }

    private Response invoke(String key, String body) {
        return api.with("Idempotency-Key", key).post("/actions/Sms/invoke", body);
    }
}
