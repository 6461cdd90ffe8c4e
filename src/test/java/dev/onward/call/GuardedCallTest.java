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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls and the guards between them and their host. */
class GuardedCallTest {

    private static final RetryPolicy NO_RETRY =
            new RetryPolicy(0, RetryOn.DEFAULT, Duration.ofMillis(200), Duration.ofSeconds(5));

    private final FakeTimer timer = new FakeTimer();
    private final ScriptedTransport transport = new ScriptedTransport(timer);
    private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private final CallEngine engine = Engines.of(transport, timer, clock, new LongestDelay());
    private final Calls calls = Calls.to(80);

    @Test
    void an_open_circuit_fails_a_call_at_once_and_sends_nothing() {
        openCircuit();

        CallResult result = run(calls);

        assertThat(transport.sent()).hasSize(20);
        assertThat(result.outcome().wireName()).isEqualTo("failed");
        assertThat(result.outcome().joStatusCode()).isEqualTo("internalError");
        assertThat(code(result)).contains(CallErrorCode.CIRCUIT_OPEN);
        assertThat(result.attempts()).isEmpty();
        assertThat(result.elapsed()).isZero();
        assertThat(engine.inFlight()).isZero();
    }

    @Test
    void a_retry_that_finds_the_circuit_open_ends_the_call_with_its_last_status() {
        for (int i = 0; i < 19; i++) {
            transport.answers(500);
            run(calls.retry(NO_RETRY));
        }
        transport.answers(503);

        CallResult result = run(calls);

        assertThat(transport.sent()).hasSize(20);
        assertThat(result.outcome().status()).hasValue(503);
        assertThat(result.outcome().joStatusCode()).isEqualTo("http_503");
        assertThat(code(result)).contains(CallErrorCode.CIRCUIT_OPEN);
        assertThat(result.attempts()).hasSize(1);
    }

    @Test
    void an_attempt_that_the_callers_short_window_cut_counts_against_the_host() {
        for (int i = 0; i < 20; i++) {
            transport.hangs();
            start(calls.window(Duration.ofSeconds(1)));
        }
        timer.advance(Duration.ofSeconds(1));

        assertThat(code(run(calls))).contains(CallErrorCode.CIRCUIT_OPEN);
    }

    @ParameterizedTest
    @EnumSource(
            value = CallErrorCode.class,
            names = {"DESTINATION_REFUSED", "REQUEST_INVALID", "RESPONSE_TOO_LARGE", "TLS_UNTRUSTED", "INTERNAL"})
    void what_is_not_the_hosts_weakness_opens_no_circuit(CallErrorCode code) {
        for (int i = 0; i < 100; i++) {
            transport.fails(code, false);
            run(calls.retry(NO_RETRY));
        }
        transport.answers(200);

        assertThat(run(calls).outcome().isSuccess()).isTrue();
    }

    @Test
    void a_host_that_says_429_opens_no_circuit() {
        for (int i = 0; i < 100; i++) {
            transport.answers(429);
            run(calls.retry(NO_RETRY));
        }
        transport.answers(200);

        assertThat(run(calls).outcome().isSuccess()).isTrue();
    }

    @Test
    void a_fourth_retry_at_a_time_is_refused_and_the_last_answer_kept() {
        List<CompletableFuture<CallResult>> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            transport.answers(503);
            running.add(begin(calls));
        }
        timer.advance(Duration.ZERO);

        assertThat(running.subList(0, 3)).noneMatch(CompletableFuture::isDone);
        CallResult fourth = running.get(3).join();
        assertThat(fourth.outcome().wireName()).isEqualTo("failed");
        assertThat(fourth.outcome().status()).hasValue(503);
        assertThat(fourth.answer()).map(Answer::status).contains(503);
        assertThat(code(fourth)).contains(CallErrorCode.RETRY_BUDGET);
        assertThat(fourth.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.retryIn()).isEmpty());
    }

    @Test
    void a_retry_that_the_budget_refuses_tells_the_last_failure() {
        for (int i = 0; i < 4; i++) {
            transport.fails(CallErrorCode.RESET, true);
        }
        start(calls);
        start(calls);
        start(calls);
        CompletableFuture<CallResult> fourth = begin(calls);
        timer.advance(Duration.ZERO);

        assertThat(fourth.join().outcome().status()).isEqualTo(OptionalInt.empty());
        assertThat(fourth.join().outcome().error()).hasValueSatisfying(error -> {
            assertThat(error.code()).isEqualTo(CallErrorCode.RETRY_BUDGET);
            assertThat(error.message()).endsWith(": scripted");
        });
    }

    @Test
    void a_fifth_of_many_calls_may_be_tried_again() {
        for (int i = 0; i < 24; i++) {
            transport.hangs();
            start(calls);
        }
        List<CompletableFuture<CallResult>> failing = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            transport.answers(429);
            failing.add(begin(calls));
        }
        timer.advance(Duration.ZERO);

        assertThat(failing).filteredOn(CompletableFuture::isDone).isEmpty();
        transport.answers(429);
        CompletableFuture<CallResult> one = begin(calls);
        timer.advance(Duration.ZERO);
        assertThat(code(one.join())).contains(CallErrorCode.RETRY_BUDGET);
    }

    @Test
    void retry_after_holds_other_calls_to_the_host_back() {
        transport.answers(429, new Header("Retry-After", "7"));
        run(calls.retry(NO_RETRY));
        transport.answers(200);

        CompletableFuture<CallResult> other = begin(calls);
        timer.advance(Duration.ofSeconds(7).minusNanos(1));
        assertThat(transport.sent()).hasSize(1);
        timer.advance(Duration.ofNanos(1));

        assertThat(other.join().outcome()).isEqualTo(new Outcome.Succeeded(200));
        assertThat(other.join().elapsed()).isEqualTo(Duration.ofSeconds(7));
        assertThat(other.join().attempts().get(0).timings().queued()).contains(Duration.ofSeconds(7));
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void a_call_that_cannot_wait_for_the_end_of_a_pause_fails_at_once() {
        transport.answers(503, new Header("Retry-After", "7"));
        run(calls.retry(NO_RETRY));

        CallResult other = run(calls.window(Duration.ofSeconds(5)));

        assertThat(code(other)).contains(CallErrorCode.RETRY_AFTER_EXCEEDS_WINDOW);
        assertThat(other.outcome().status()).isEqualTo(OptionalInt.empty());
        assertThat(other.attempts()).isEmpty();
        assertThat(transport.sent()).hasSize(1);
    }

    @Test
    void the_call_that_was_asked_to_wait_comes_back_when_the_pause_is_over() {
        transport.answers(503, new Header("Retry-After", "2")).answers(200);

        CallResult result = run(calls);

        assertThat(result.outcome()).isEqualTo(new Outcome.Succeeded(200));
        assertThat(result.elapsed()).isEqualTo(Duration.ofSeconds(2));
        assertThat(result.attempts().get(1).timings().queued()).isEmpty();
    }

    @Test
    void a_retry_waits_for_a_pause_that_another_call_was_asked_for() {
        transport.answers(503).ends(Duration.ofMillis(100), answered(503, "3")).answers(200);
        CompletableFuture<CallResult> first = begin(calls);
        start(calls.retry(NO_RETRY));

        timer.advance(Duration.ofMinutes(1));

        assertThat(first.join().outcome()).isEqualTo(new Outcome.Succeeded(200));
        assertThat(first.join().elapsed()).isEqualTo(Duration.ofMillis(3_100));
    }

    @Test
    void a_call_waits_for_a_place_of_its_endpoint_and_its_window_begins_then() {
        Calls bounded = calls.maxConcurrency(1).window(Duration.ofSeconds(5));
        transport.ends(Duration.ofSeconds(4), ScriptedTransport.answered(200));
        transport.ends(Duration.ofSeconds(4), ScriptedTransport.answered(200));
        start(bounded);
        CompletableFuture<CallResult> second = begin(bounded);

        timer.advance(Duration.ofMinutes(1));

        assertThat(second.join().outcome()).isEqualTo(new Outcome.Succeeded(200));
        assertThat(second.join().elapsed()).isEqualTo(Duration.ofSeconds(8));
        AttemptRecord attempt = second.join().attempts().get(0);
        assertThat(attempt.timings().queued()).contains(Duration.ofSeconds(4));
        assertThat(attempt.timings().total()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void a_call_that_waits_in_vain_expires_and_sends_nothing() {
        transport.hangs();
        start(calls.maxConcurrency(1));
        CompletableFuture<CallResult> second = begin(calls.maxConcurrency(1).window(Duration.ofSeconds(3)));

        timer.advance(Duration.ofSeconds(3));

        assertThat(second.join().outcome().wireName()).isEqualTo("expired");
        assertThat(code(second.join())).contains(CallErrorCode.CONCURRENCY_WAIT);
        assertThat(second.join().elapsed()).isEqualTo(Duration.ofSeconds(3));
        assertThat(transport.sent()).hasSize(1);
        assertThat(engine.inFlight()).isEqualTo(1);
    }

    @Test
    void every_end_of_a_call_gives_its_place_to_the_next_once() {
        Calls bounded = calls.maxConcurrency(1);
        Consumer<ScriptedTransport> noAttemptIsScripted = none -> {};
        for (Consumer<ScriptedTransport> end : List.<Consumer<ScriptedTransport>>of(
                script -> script.answers(200),
                script -> script.answers(404),
                script -> script.fails(CallErrorCode.DESTINATION_REFUSED, false),
                script -> script.hangs().hangs().hangs().hangs(),
                noAttemptIsScripted)) {
            end.accept(transport);
            CompletableFuture<CallResult> first = begin(bounded);
            timer.advance(Duration.ofMinutes(1));
            assertThat(first).isDone();
            assertThat(engine.inFlight()).isZero();

            transport.hangs();
            CompletableFuture<CallResult> alone = begin(bounded.window(Duration.ofSeconds(1)));
            CompletableFuture<CallResult> waiting = begin(bounded.window(Duration.ofMillis(500)));
            timer.advance(Duration.ofSeconds(1));
            assertThat(alone.join().attempts()).hasSize(1);
            assertThat(waiting.join().outcome().wireName()).isEqualTo("expired");
        }
    }

    @Test
    void a_bug_in_the_transport_costs_no_place() {
        for (int i = 0; i < 50; i++) {
            CompletableFuture<CallResult> broken = begin(calls.maxConcurrency(1));
            assertThatThrownBy(broken::join).hasCauseInstanceOf(RuntimeException.class);
        }
        transport.answers(200);

        assertThat(run(calls.maxConcurrency(1)).outcome().isSuccess()).isTrue();
        assertThat(engine.inFlight()).isZero();
    }

    @Test
    void a_bug_in_the_admission_costs_no_place() {
        Admission broken = (request, admitted, refused) -> {
            throw new IllegalStateException("broken");
        };
        CallEngine other = engine(broken, 1);

        CompletableFuture<CallResult> call = Engines.call(other, calls.build()).toCompletableFuture();

        assertThatThrownBy(call::join).hasRootCauseMessage("broken");
        assertThat(other.inFlight()).isZero();
    }

    @Test
    void a_pass_that_cannot_be_given_back_costs_no_place_of_the_engine() {
        transport.answers(200);
        CallEngine other = engine((request, admitted, refused) -> admitted.accept(new Unreturnable()), 1);

        CompletableFuture<CallResult> call = Engines.call(other, calls.build()).toCompletableFuture();
        timer.advance(Duration.ofSeconds(1));

        assertThatThrownBy(call::join).hasRootCauseMessage("broken");
        assertThat(other.inFlight()).isZero();
    }

    @Test
    void the_engine_has_as_many_places_as_its_ceiling() {
        CallEngine small = engine((request, admitted, refused) -> refused.accept(new Outcome.Succeeded(200)), 2);
        Optional<Place> first = small.tryEnter();
        assertThat(first).isPresent();
        assertThat(small.tryEnter()).isPresent();
        assertThat(small.tryEnter()).isEmpty();
        assertThat(small.inFlight()).isEqualTo(2);

        small.call(calls.build(), first.orElseThrow());
        assertThat(small.tryEnter()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_001})
    void a_ceiling_out_of_its_bounds_is_refused(int maxInFlight) {
        assertThatThrownBy(() -> Ceiling.of(maxInFlight))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("onward.call.max-in-flight", "found " + maxInFlight);
    }

    private CallEngine engine(Admission admission, int maxInFlight) {
        return Engines.admitting(admission, transport, timer, clock, maxInFlight);
    }

    private void openCircuit() {
        for (int i = 0; i < 20; i++) {
            transport.answers(500);
            run(calls.retry(NO_RETRY));
        }
    }

    /** Makes a call; time passes only if it must. */
    private CallResult run(Calls call) {
        CompletableFuture<CallResult> result = begin(call);
        timer.advance(Duration.ZERO);
        if (!result.isDone()) {
            timer.advance(Duration.ofMinutes(5));
        }
        assertThat(result).isCompleted();
        return result.join();
    }

    private void start(Calls call) {
        Engines.call(engine, call.build());
    }

    private CompletableFuture<CallResult> begin(Calls call) {
        return Engines.call(engine, call.build()).toCompletableFuture();
    }

    private static Optional<CallErrorCode> code(CallResult result) {
        return result.outcome().error().map(CallError::code);
    }

    private static AttemptEnd answered(int status, String retryAfter) {
        return ScriptedTransport.answered(status, new Header("Retry-After", retryAfter));
    }

    /** A pass with a bug. */
    private static final class Unreturnable implements Admission.Pass {

        @Override
        public Permit beforeAttempt(Duration remaining) {
            return new Permit.Go();
        }

        @Override
        public void afterAttempt(AttemptEnd end) {}

        @Override
        public boolean tryRetry() {
            return true;
        }

        @Override
        public void leave() {
            throw new IllegalStateException("broken");
        }
    }
}
