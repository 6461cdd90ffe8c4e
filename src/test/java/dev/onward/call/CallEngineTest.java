package dev.onward.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.call.retry.RetryOn;
import dev.onward.call.retry.RetryPolicy;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class CallEngineTest {

    private final FakeTimer timer = new FakeTimer();
    private final ScriptedTransport transport = new ScriptedTransport(timer);
    private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private final CallEngine engine = Engines.of(transport, timer, clock, new LongestDelay());
    private final Calls calls = Calls.to(80);

    @Test
    void an_attempt_open_at_the_end_of_the_window_is_cancelled_and_times_out() {
        transport.hangs();

        CallResult result = run(calls.window(Duration.ofSeconds(5)));

        assertThat(transport.cancelled()).extracting(CallError::code).containsExactly(CallErrorCode.TIMEOUT);
        assertThat(result.outcome().wireName()).isEqualTo("timedOut");
        assertThat(result.outcome().joStatusCode()).isEqualTo("timedout");
        assertThat(result.outcome().error()).map(CallError::code).contains(CallErrorCode.TIMEOUT);
        assertThat(result.elapsed()).isEqualTo(Duration.ofSeconds(5));
        assertThat(result.answer()).isEmpty();
    }

    @Test
    void a_timeout_keeps_the_last_answer_beside_it() {
        transport.ends(Duration.ofSeconds(2), ScriptedTransport.answered(500)).hangs();

        CallResult result = run(calls.window(Duration.ofSeconds(5)));

        assertThat(result.outcome()).isEqualTo(new Outcome.TimedOut(OptionalInt.of(500), Optional.empty()));
        assertThat(result.outcome().joStatusCode()).isEqualTo("http_500");
        assertThat(result.answer()).map(Answer::status).contains(500);
        assertThat(result.attempts()).hasSize(2);
    }

    @Test
    void a_timeout_keeps_the_last_error_beside_it() {
        transport.answers(503).fails(CallErrorCode.RESET, true).hangs();

        CallResult result = run(calls.window(Duration.ofSeconds(5)));

        assertThat(result.outcome().status()).hasValue(503);
        assertThat(result.outcome().error()).map(CallError::code).contains(CallErrorCode.RESET);
        assertThat(result.outcome().wireName()).isEqualTo("timedOut");
    }

    @Test
    void an_answer_makes_an_earlier_error_old() {
        transport.fails(CallErrorCode.RESET, true).answers(503).hangs();

        CallResult result = run(calls.window(Duration.ofSeconds(5)));

        assertThat(result.outcome()).isEqualTo(new Outcome.TimedOut(OptionalInt.of(503), Optional.empty()));
    }

    @Test
    void an_attempt_ends_at_its_own_timeout_and_leaves_time_for_another() {
        transport.hangs().answers(200);

        CallResult result = run(calls.attemptTimeout(Duration.ofSeconds(3)));

        assertThat(transport.cancelled()).extracting(CallError::code).containsExactly(CallErrorCode.ATTEMPT_TIMEOUT);
        assertThat(result.outcome()).isEqualTo(new Outcome.Succeeded(200));
        assertThat(result.elapsed()).isEqualTo(Duration.ofMillis(3_200));
    }

    @Test
    void an_attempt_that_may_last_as_long_as_the_window_ends_with_it() {
        transport.hangs();

        CallResult result = run(calls.window(Duration.ofSeconds(3)).attemptTimeout(Duration.ofSeconds(3)));

        assertThat(transport.cancelled()).extracting(CallError::code).containsExactly(CallErrorCode.TIMEOUT);
        assertThat(result.elapsed()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void only_attempt_timeouts_end_as_timed_out() {
        transport.hangs().hangs();

        CallResult result = run(calls.attemptTimeout(Duration.ofSeconds(3)).retry(retries(1)));

        assertThat(result.outcome().wireName()).isEqualTo("timedOut");
        assertThat(result.outcome().error()).map(CallError::code).contains(CallErrorCode.ATTEMPT_TIMEOUT);
        assertThat(result.elapsed()).isEqualTo(Duration.ofMillis(6_200));
    }

    @Test
    void the_window_cuts_the_last_attempt_short() {
        transport.hangs().hangs();

        CallResult result = run(calls.window(Duration.ofSeconds(4)).attemptTimeout(Duration.ofSeconds(3)));

        assertThat(transport.cancelled())
                .extracting(CallError::code)
                .containsExactly(CallErrorCode.ATTEMPT_TIMEOUT, CallErrorCode.TIMEOUT);
        assertThat(result.elapsed()).isEqualTo(Duration.ofSeconds(4));
        assertThat(result.outcome().error()).map(CallError::code).contains(CallErrorCode.ATTEMPT_TIMEOUT);
    }

    @Test
    void retries_stop_when_the_delay_would_pass_the_end_of_the_window() {
        transport.ends(Duration.ofMillis(1_850), ScriptedTransport.answered(503));

        CallResult result = run(calls.window(Duration.ofSeconds(2)));

        assertThat(result.outcome()).isEqualTo(new Outcome.Failed(OptionalInt.of(503), Optional.empty()));
        assertThat(result.elapsed()).isEqualTo(Duration.ofMillis(1_850));
        assertThat(result.attempts().get(0).retryIn()).isEmpty();
    }

    @Test
    void retry_after_beyond_the_window_ends_at_once() {
        transport.answers(503, new Header("Retry-After", "3600"));

        CallResult result = run(calls);

        assertThat(result.elapsed()).isEqualTo(Duration.ZERO);
        assertThat(result.outcome().joStatusCode()).isEqualTo("http_503");
        assertThat(result.outcome().error()).map(CallError::code).contains(CallErrorCode.RETRY_AFTER_EXCEEDS_WINDOW);
    }

    @Test
    void at_most_once_is_not_sent_again_after_a_reset() {
        transport.fails(CallErrorCode.RESET, true);

        CallResult result = run(calls.delivery(Delivery.AT_MOST_ONCE));

        assertThat(transport.sent()).hasSize(1);
        assertThat(result.outcome().wireName()).isEqualTo("failed");
        assertThat(result.outcome().error()).map(CallError::code).contains(CallErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void at_most_once_cut_by_the_window_is_unknown_too() {
        transport.hangs();

        CallResult result = run(calls.delivery(Delivery.AT_MOST_ONCE).window(Duration.ofSeconds(1)));

        assertThat(result.outcome().error()).map(CallError::code).contains(CallErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void a_refused_destination_blocks_the_call_without_a_retry() {
        transport.fails(CallErrorCode.DESTINATION_REFUSED, false);

        CallResult result = run(calls);

        assertThat(result.outcome().wireName()).isEqualTo("blocked");
        assertThat(result.outcome().joStatusCode()).isEqualTo("internalError");
        assertThat(transport.sent()).hasSize(1);
    }

    @Test
    void a_call_succeeds_at_last_after_two_503() {
        transport.answers(503).answers(503).answers(202);

        CallResult result = run(calls);

        assertThat(result.outcome()).isEqualTo(new Outcome.Succeeded(202));
        assertThat(result.outcome().joStatusCode()).isEqualTo("http_202");
        assertThat(result.attempts()).extracting(AttemptRecord::number).containsExactly(1, 2, 3);
        assertThat(result.attempts())
                .extracting(AttemptRecord::retryIn)
                .containsExactly(
                        Optional.of(Duration.ofMillis(200)), Optional.of(Duration.ofMillis(400)), Optional.empty());
        assertThat(result.attempts())
                .extracting(AttemptRecord::status)
                .containsExactly(OptionalInt.of(503), OptionalInt.of(503), OptionalInt.of(202));
        assertThat(result.elapsed()).isEqualTo(Duration.ofMillis(600));
    }

    @Test
    void every_attempt_sends_the_same_request_with_the_same_idempotency_key() {
        transport.answers(503).fails(CallErrorCode.RESET, true).answers(200);
        CallRequest request = calls.key("key-7").build();

        Engines.call(engine, request);
        timer.advance(Duration.ofMinutes(1));

        assertThat(transport.sent()).containsExactly(request, request, request);
        assertThat(request.idempotencyKey()).isEqualTo("key-7");
    }

    @Test
    void no_retries_means_one_attempt() {
        transport.answers(503);

        CallResult result = run(calls.retry(retries(0)));

        assertThat(result.attempts()).hasSize(1);
        assertThat(result.outcome().status()).hasValue(503);
    }

    @Test
    void nothing_waits_for_its_time_after_the_end() {
        transport.ends(Duration.ofSeconds(1), ScriptedTransport.answered(200));

        Engines.call(engine, calls.build());
        timer.advance(Duration.ofSeconds(1));

        assertThat(timer.waiting()).isZero();
    }

    @Test
    void a_late_timer_does_not_begin_an_attempt_after_the_window() {
        transport.answers(503);
        LateTimer late = new LateTimer(timer);
        CompletableFuture<CallResult> result = Engines.call(
                        Engines.of(transport, late, clock, new LongestDelay()),
                        calls.window(Duration.ofSeconds(2)).build())
                .toCompletableFuture();

        timer.advance(Duration.ofMinutes(1));

        assertThat(result.join().outcome()).isEqualTo(new Outcome.TimedOut(OptionalInt.of(503), Optional.empty()));
        assertThat(transport.sent()).hasSize(1);
    }

    @Test
    void a_bug_in_the_transport_fails_the_call_instead_of_losing_it() {
        CompletableFuture<CallResult> result =
                Engines.call(engine, calls.build()).toCompletableFuture();

        assertThatThrownBy(result::join).hasCauseInstanceOf(RuntimeException.class);
    }

    @Test
    void a_bug_while_an_attempt_is_under_way_fails_the_call_too() {
        CallEngine broken = Engines.of((request, number, departed) -> new Broken(), timer, clock, new LongestDelay());

        CompletableFuture<CallResult> result =
                Engines.call(broken, calls.build()).toCompletableFuture();

        assertThatThrownBy(result::join).hasRootCauseMessage("broken");
        assertThat(broken.inFlight()).isZero();
    }

    private CallResult run(Calls call) {
        CompletableFuture<CallResult> result =
                Engines.call(engine, call.build()).toCompletableFuture();
        timer.advance(Duration.ofMinutes(5));
        assertThat(result).isCompleted();
        return result.join();
    }

    private static RetryPolicy retries(int count) {
        return new RetryPolicy(count, RetryOn.DEFAULT, Duration.ofMillis(200), Duration.ofSeconds(5));
    }

    /** Runs everything ten seconds late, as an event loop under load may. */
    private record LateTimer(FakeTimer timer) implements Timer {

        @Override
        public long nanoTime() {
            return timer.nanoTime();
        }

        @Override
        public Scheduled schedule(Duration delay, Runnable task) {
            return timer.schedule(delay.plusSeconds(10), task);
        }
    }

    /** An exchange with a bug. */
    private record Broken() implements Exchange {

        @Override
        public CompletionStage<ExchangeReport> done() {
            return CompletableFuture.failedStage(new IllegalStateException("broken"));
        }

        @Override
        public void cancel(CallError reason) {}
    }
}
