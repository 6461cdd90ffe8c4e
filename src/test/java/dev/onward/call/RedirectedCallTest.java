package dev.onward.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.retry.RetryOn;
import dev.onward.call.retry.RetryPolicy;
import dev.onward.egress.Destination;
import dev.onward.egress.Header;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.Engines;
import dev.onward.testsupport.FakeTimer;
import dev.onward.testsupport.LongestDelay;
import dev.onward.testsupport.ScriptedTransport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls whose provider sends them elsewhere. */
class RedirectedCallTest {

    private static final Header AWAY = new Header("Location", "/v2/messages");

    private final FakeTimer timer = new FakeTimer();
    private final ScriptedTransport transport = new ScriptedTransport(timer);
    private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private final CallEngine engine = Engines.of(transport, timer, clock, new LongestDelay());
    private final Calls calls = Calls.to(80).redirects(Redirects.SAME_ORIGIN);

    @Test
    void without_leave_a_redirect_is_a_failure() {
        transport.answers(302, AWAY);

        CallResult result = run(calls.redirects(Redirects.NONE));

        assertThat(transport.sent()).hasSize(1);
        assertThat(result.outcome().status()).hasValue(302);
        assertThat(result.outcome().error()).map(CallError::code).contains(CallErrorCode.REDIRECT_REFUSED);
    }

    @Test
    void a_hop_is_an_attempt_of_its_own_and_no_retry() {
        transport.answers(307, AWAY).answers(200);

        CallResult result = run(calls.retry(retries(0)));

        assertThat(result.outcome()).isEqualTo(new Outcome.Succeeded(200));
        assertThat(urls()).containsExactly("/v1/messages", "/v2/messages");
        assertThat(result.attempts()).extracting(AttemptRecord::number).containsExactly(1, 2);
        assertThat(result.attempts())
                .extracting(AttemptRecord::status)
                .containsExactly(OptionalInt.of(307), OptionalInt.of(200));
        assertThat(result.attempts()).extracting(AttemptRecord::retryIn).containsOnly(Optional.empty());
    }

    @Test
    void the_method_of_each_attempt_is_told() {
        transport.answers(303, AWAY).answers(200);

        assertThat(run(calls).attempts())
                .extracting(AttemptRecord::method)
                .containsExactly(HttpMethod.POST, HttpMethod.GET);
    }

    @Test
    void a_failed_hop_is_tried_again_where_it_failed_with_all_its_retries() {
        transport.answers(307, AWAY).answers(503).answers(503).answers(200);

        CallResult result = run(calls.retry(retries(2)));

        assertThat(result.outcome()).isEqualTo(new Outcome.Succeeded(200));
        assertThat(urls()).containsExactly("/v1/messages", "/v2/messages", "/v2/messages", "/v2/messages");
        assertThat(result.elapsed()).isEqualTo(Duration.ofMillis(600));
    }

    @Test
    void retries_before_a_hop_stay_spent() {
        transport.answers(503).answers(307, AWAY).answers(503).answers(503);

        CallResult result = run(calls.retry(retries(2)));

        assertThat(result.attempts()).hasSize(4);
        assertThat(result.outcome().status()).hasValue(503);
    }

    @Test
    void the_fourth_hop_is_refused() {
        transport.answers(307, AWAY).answers(307, AWAY).answers(307, AWAY).answers(308, AWAY);

        CallResult result = run(calls);

        assertThat(result.attempts()).hasSize(4);
        assertThat(result.outcome().wireName()).isEqualTo("failed");
        assertThat(result.outcome().joStatusCode()).isEqualTo("http_308");
        assertThat(result.outcome().error()).map(CallError::code).contains(CallErrorCode.REDIRECT_REFUSED);
    }

    @Test
    void a_hop_that_is_refused_by_the_egress_check_blocks_the_call() {
        transport.answers(307, AWAY).fails(CallErrorCode.DESTINATION_REFUSED, false);

        CallResult result = run(calls);

        assertThat(result.outcome().wireName()).isEqualTo("failed");
        assertThat(result.outcome().joStatusCode()).isEqualTo("http_307");
        assertThat(result.outcome().error()).map(CallError::code).contains(CallErrorCode.DESTINATION_REFUSED);
        assertThat(result.attempts()).hasSize(2);
    }

    @Test
    void hops_share_the_window_and_have_an_attempt_timeout_each() {
        transport
                .ends(Duration.ofSeconds(3), ScriptedTransport.answered(307, AWAY))
                .hangs();

        CallResult result = run(calls.window(Duration.ofSeconds(8))
                .attemptTimeout(Duration.ofSeconds(4))
                .retry(retries(0)));

        assertThat(result.elapsed()).isEqualTo(Duration.ofSeconds(7));
        assertThat(transport.cancelled()).extracting(CallError::code).containsExactly(CallErrorCode.ATTEMPT_TIMEOUT);
        assertThat(result.outcome().status()).hasValue(307);
    }

    @Test
    void a_hop_after_the_end_of_the_window_is_not_sent() {
        transport.ends(Duration.ofSeconds(2), ScriptedTransport.answered(307, AWAY));

        CallResult result = run(calls.window(Duration.ofSeconds(2)).attemptTimeout(Duration.ofSeconds(2)));

        assertThat(transport.sent()).hasSize(1);
        assertThat(result.outcome().wireName()).isEqualTo("timedOut");
    }

    @Test
    void every_hop_has_the_same_idempotency_key() {
        transport.answers(307, AWAY).answers(200);

        run(calls.key("key-7"));

        assertThat(transport.sent()).extracting(CallRequest::idempotencyKey).containsExactly("key-7", "key-7");
    }

    @Test
    void a_hop_to_another_host_counts_for_the_host_that_sent_it_there() {
        Header elsewhere = new Header("Location", "http://other.test/x");
        for (int i = 0; i < 10; i++) {
            transport.answers(302, elsewhere).answers(500);
            run(calls.redirects(Redirects.AJO).retry(retries(0)));
        }

        CallResult refused = run(calls);
        assertThat(refused.outcome().error()).map(CallError::code).contains(CallErrorCode.CIRCUIT_OPEN);
        transport.answers(200);
        Destination other = transport.sent().get(1).message().destination();
        assertThat(run(Calls.to(other)).outcome().isSuccess()).isTrue();
    }

    private List<String> urls() {
        return transport.sent().stream()
                .map(request -> request.message().destination().target())
                .toList();
    }

    private CallResult run(Calls call) {
        CompletableFuture<CallResult> result =
                Engines.call(engine, call.build()).toCompletableFuture();
        timer.advance(Duration.ZERO);
        if (!result.isDone()) {
            timer.advance(Duration.ofMinutes(5));
        }
        assertThat(result).isCompleted();
        return result.join();
    }

    private static RetryPolicy retries(int count) {
        return new RetryPolicy(count, RetryOn.DEFAULT, Duration.ofMillis(200), Duration.ofSeconds(5));
    }
}
