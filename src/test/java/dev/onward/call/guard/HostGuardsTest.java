package dev.onward.call.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.Admission.Pass;
import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.Line;
import dev.onward.call.Outcome;
import dev.onward.call.Permit;
import dev.onward.egress.Destination;
import dev.onward.egress.Header;
import dev.onward.egress.Scheme;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.FakeTimer;
import dev.onward.testsupport.FixedShare;
import dev.onward.testsupport.ScriptedTransport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HostGuardsTest {

    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final AttemptEnd OK = ScriptedTransport.answered(200);
    private static final AttemptEnd BROKEN = ScriptedTransport.answered(500);

    private final FakeTimer timer = new FakeTimer();
    private final Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private final Watching watching = new Watching();
    private final HostGuards guards = new HostGuards(timer, clock, new FixedShare(0.5), watching);
    private final Calls calls = Calls.to(80);
    private final List<Outcome> refused = new ArrayList<>();

    @Test
    void an_open_circuit_refuses_and_says_when_to_come_again() {
        open(calls);

        assertThat(enter(calls).beforeAttempt(WINDOW)).isInstanceOfSatisfying(Permit.Refuse.class, refusal -> {
            assertThat(refusal.reason().code()).isEqualTo(CallErrorCode.CIRCUIT_OPEN);
            assertThat(refusal.reason().message()).contains("the next try is in PT5.001S");
        });
    }

    @Test
    void a_sixth_probe_is_refused() {
        open(calls);
        timer.advance(Duration.ofSeconds(5));
        for (int i = 0; i < 5; i++) {
            assertThat(enter(calls).beforeAttempt(WINDOW)).isEqualTo(new Permit.Go());
        }

        assertThat(enter(calls).beforeAttempt(WINDOW)).isInstanceOfSatisfying(Permit.Refuse.class, refusal -> {
            assertThat(refusal.reason().code()).isEqualTo(CallErrorCode.CIRCUIT_OPEN);
            assertThat(refusal.reason().message()).contains("a few calls are trying it just now");
        });
    }

    @Test
    void a_call_that_leaves_in_the_middle_of_a_probe_gives_its_probe_back() {
        open(calls);
        timer.advance(Duration.ofSeconds(5));
        for (int i = 0; i < 20; i++) {
            Pass pass = enter(calls);
            assertThat(pass.beforeAttempt(WINDOW)).isEqualTo(new Permit.Go());
            pass.leave();
            pass.leave();
        }
    }

    @Test
    void opening_and_closing_are_told_once_each() {
        open(calls);
        timer.advance(Duration.ofSeconds(5));
        attempt(enter(calls), BROKEN);
        assertThat(watching.heard).containsExactly("opened provider.test");

        timer.advance(Duration.ofSeconds(10));
        for (int i = 0; i < 5; i++) {
            attempt(enter(calls), OK);
        }
        assertThat(watching.heard).containsExactly("opened provider.test", "closed provider.test");
    }

    @Test
    void open_circuits_are_counted() {
        enter(calls);
        assertThat(guards.openCircuits()).isZero();

        open(calls);
        open(calls.in("other"));

        assertThat(guards.openCircuits()).isEqualTo(2);
    }

    @Test
    void sandbox_scheme_host_and_port_have_a_guard_each() {
        open(calls);

        for (Calls other : List.of(
                calls.in("other"),
                Calls.to(81),
                Calls.to(new Destination(Scheme.HTTPS, "provider.test", 80, "/", "")),
                Calls.to(new Destination(Scheme.HTTP, "other.test", 80, "/", "")))) {
            assertThat(enter(other).beforeAttempt(WINDOW)).isEqualTo(new Permit.Go());
        }
        Calls samePlace = Calls.to(new Destination(Scheme.HTTP, "provider.test", 80, "/another", "a=1"));
        assertThat(enter(samePlace).beforeAttempt(WINDOW)).isInstanceOf(Permit.Refuse.class);
        assertThat(guards.size()).isEqualTo(5);
    }

    @Test
    void a_host_that_nobody_calls_for_half_an_hour_is_forgotten() {
        enter(calls).leave();
        timer.advance(Duration.ofMinutes(29));
        enter(calls).leave();
        timer.advance(Duration.ofMinutes(29));
        assertThat(guards.size()).isEqualTo(1);

        timer.advance(Duration.ofMinutes(1));

        assertThat(guards.size()).isZero();
    }

    @Test
    void a_429_or_503_with_retry_after_holds_every_call_to_the_host_back() {
        for (int status : List.of(429, 503)) {
            Calls other = calls.in("status-" + status);
            attempt(enter(other), answered(status, "7"));

            assertThat(enter(other).beforeAttempt(WINDOW)).isEqualTo(new Permit.Hold(Duration.ofSeconds(7)));
            timer.advance(Duration.ofSeconds(6));
            assertThat(enter(other).beforeAttempt(WINDOW)).isEqualTo(new Permit.Hold(Duration.ofSeconds(1)));
            timer.advance(Duration.ofSeconds(1));
            assertThat(enter(other).beforeAttempt(WINDOW)).isEqualTo(new Permit.Go());
        }
    }

    @Test
    void what_is_no_legal_retry_after_holds_nobody_back() {
        attempt(enter(calls), answered(503, "-7"));
        attempt(enter(calls), answered(503, "soon"));
        attempt(enter(calls), answered(500, "7"));
        attempt(enter(calls), answered(200, "7"));
        attempt(enter(calls), ScriptedTransport.answered(503));

        assertThat(enter(calls).beforeAttempt(WINDOW)).isEqualTo(new Permit.Go());
    }

    @Test
    void a_call_whose_window_ends_before_the_pause_is_refused() {
        attempt(enter(calls), answered(503, "3600"));

        assertThat(enter(calls).beforeAttempt(WINDOW)).isInstanceOfSatisfying(Permit.Refuse.class, refusal -> {
            assertThat(refusal.reason().code()).isEqualTo(CallErrorCode.RETRY_AFTER_EXCEEDS_WINDOW);
            assertThat(refusal.reason().message()).contains("PT10M", "PT30S");
        });
        assertThat(enter(calls).beforeAttempt(Duration.ofMinutes(10))).isInstanceOf(Permit.Refuse.class);
        assertThat(enter(calls).beforeAttempt(Duration.ofMinutes(10).plusNanos(1)))
                .isEqualTo(new Permit.Hold(Duration.ofMinutes(10)));
    }

    @Test
    void a_call_that_leaves_takes_its_retry_and_its_share_of_the_budget_along() {
        Pass first = enter(calls);
        Pass second = enter(calls);
        Pass third = enter(calls);
        Pass fourth = enter(calls);
        for (Pass pass : List.of(first, second, third)) {
            attempt(pass, BROKEN);
            assertThat(pass.tryRetry()).isTrue();
        }
        attempt(fourth, BROKEN);
        assertThat(fourth.tryRetry()).isFalse();

        first.leave();
        first.leave();

        assertThat(fourth.tryRetry()).isTrue();
        assertThat(enter(calls).tryRetry()).isFalse();
    }

    @Test
    void a_fifth_of_the_calls_under_way_may_be_in_a_retry() {
        List<Pass> passes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            passes.add(enter(calls));
        }
        assertThat(passes.subList(0, 4)).allMatch(Pass::tryRetry);
        assertThat(passes.get(4).tryRetry()).isFalse();

        passes.get(0).leave();

        assertThat(passes.get(4).tryRetry()).isFalse();
        assertThat(enter(calls)).isNotNull();
        assertThat(passes.get(4).tryRetry()).isTrue();
    }

    @Test
    void a_retry_is_over_when_its_attempt_is() {
        Pass pass = enter(calls);
        for (int i = 0; i < 10; i++) {
            attempt(pass, BROKEN);
            assertThat(pass.tryRetry()).isTrue();
        }
    }

    @Test
    void a_call_beyond_the_bound_waits_for_a_place() {
        Calls bounded = calls.maxConcurrency(1);
        Pass first = enter(bounded);
        List<Pass> later = new ArrayList<>();
        guards.admit(bounded.build(), later::add, refused::add);
        assertThat(later).isEmpty();

        first.leave();

        assertThat(later).hasSize(1);
        assertThat(timer.waiting()).isZero();
        timer.advance(Duration.ofMinutes(1));
        assertThat(refused).isEmpty();
    }

    @Test
    void a_call_that_waits_longer_than_its_timeout_expires_and_gets_no_place_afterwards() {
        Calls bounded = calls.maxConcurrency(1).window(Duration.ofSeconds(2));
        Pass first = enter(bounded);
        List<Pass> later = new ArrayList<>();
        guards.admit(bounded.build(), later::add, refused::add);

        timer.advance(Duration.ofSeconds(2).minusNanos(1));
        assertThat(refused).isEmpty();
        timer.advance(Duration.ofNanos(1));

        assertThat(refused).singleElement().isInstanceOfSatisfying(Outcome.Expired.class, expired -> {
            assertThat(expired.wireName()).isEqualTo("expired");
            assertThat(expired.joStatusCode()).isEqualTo("internalError");
            assertThat(expired.error()).map(CallError::code).contains(CallErrorCode.CONCURRENCY_WAIT);
            assertThat(expired.reason().message()).contains("allows 1 calls", "PT2S");
        });
        first.leave();
        assertThat(later).isEmpty();
        assertThat(enter(bounded)).isNotNull();
    }

    @Test
    void a_call_that_stands_in_a_line_waits_as_long_as_that_says() {
        Calls bounded = calls.maxConcurrency(1).window(Duration.ofSeconds(2)).in(new Patient());
        Pass first = enter(bounded);
        List<Pass> later = new ArrayList<>();
        guards.admit(bounded.build(), later::add, refused::add);
        timer.advance(Duration.ofMinutes(59));
        assertThat(refused).isEmpty();
        first.leave();
        assertThat(later).hasSize(1);
    }

    private static final class Patient implements Line {

        @Override
        public String lane() {
            return "";
        }

        @Override
        public Optional<Duration> patience() {
            return Optional.of(Duration.ofHours(1));
        }
    }

    @Test
    void behind_a_thousand_that_wait_a_call_expires_at_once() {
        Calls bounded = calls.maxConcurrency(1);
        enter(bounded);
        for (int i = 0; i < HostGuards.MAX_WAITING; i++) {
            guards.admit(bounded.build(), pass -> {}, refused::add);
        }
        assertThat(refused).isEmpty();

        guards.admit(bounded.build(), pass -> {}, refused::add);

        assertThat(refused)
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Expired.class,
                        expired ->
                                assertThat(expired.reason().message()).contains("allows 1 calls", "1000 wait already"));
    }

    @Test
    void a_call_without_a_bound_waits_for_nobody_and_takes_no_place() {
        Calls bounded = calls.maxConcurrency(1);
        enter(bounded);

        assertThat(enter(calls)).isNotNull();
        List<Pass> later = new ArrayList<>();
        guards.admit(bounded.build(), later::add, refused::add);
        assertThat(later).isEmpty();
    }

    @Test
    void a_call_that_would_wait_at_an_open_circuit_is_refused_at_once() {
        Calls bounded = calls.maxConcurrency(1);
        enter(bounded);
        open(calls);

        guards.admit(bounded.build(), pass -> {}, refused::add);

        assertThat(refused).singleElement().satisfies(outcome -> {
            assertThat(outcome.wireName()).isEqualTo("failed");
            assertThat(outcome.status()).isEqualTo(OptionalInt.empty());
            assertThat(outcome.error()).map(CallError::code).contains(CallErrorCode.CIRCUIT_OPEN);
        });
        assertThat(timer.waiting()).isZero();
    }

    private void open(Calls call) {
        for (int i = 0; i < 20; i++) {
            attempt(enter(call), BROKEN);
        }
    }

    private Pass enter(Calls call) {
        List<Pass> passes = new ArrayList<>();
        guards.admit(call.build(), passes::add, refused::add);
        assertThat(passes).hasSize(1);
        return passes.get(0);
    }

    private static void attempt(Pass pass, AttemptEnd end) {
        assertThat(pass.beforeAttempt(WINDOW)).isEqualTo(new Permit.Go());
        pass.afterAttempt(end);
    }

    private static AttemptEnd answered(int status, String retryAfter) {
        return ScriptedTransport.answered(status, new Header("Retry-After", retryAfter));
    }

    private static final class Watching implements CircuitListener {

        private final List<String> heard = new ArrayList<>();

        @Override
        public void opened(HostKey host) {
            heard.add("opened " + host.host());
        }

        @Override
        public void closed(HostKey host) {
            heard.add("closed " + host.host());
        }
    }
}
