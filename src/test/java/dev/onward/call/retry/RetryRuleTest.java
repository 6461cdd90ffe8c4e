package dev.onward.call.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.Answer;
import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallPolicy;
import dev.onward.call.Delivery;
import dev.onward.call.Outcome;
import dev.onward.call.Redirects;
import dev.onward.call.retry.RetryDecision.Done;
import dev.onward.call.retry.RetryDecision.GiveUp;
import dev.onward.call.retry.RetryDecision.Retry;
import dev.onward.egress.Header;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.LongestDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryRuleTest {

    private static final Set<Integer> DEFAULT_RETRIES = Set.of(408, 425, 429, 500, 502, 503, 504, 507, 529);

    private static final CallPolicy AT_MOST_ONCE =
            Calls.to(80).delivery(Delivery.AT_MOST_ONCE).policy();

    private final RetryRule rule = new RetryRule(new LongestDelay());

    @Test
    void a_guard_that_refuses_the_first_attempt_says_that_nothing_was_sent() {
        CallError reason = new CallError(CallErrorCode.CIRCUIT_OPEN, "why");
        Situation untouched = new Situation(Calls.POLICY, Progress.start(), Duration.ofSeconds(1), Instant.EPOCH);
        assertThat(RetryRule.refused(reason, untouched))
                .isEqualTo(new Outcome.Failed(
                        OptionalInt.empty(),
                        Optional.of(new CallError(CallErrorCode.CIRCUIT_OPEN, "nothing was sent: why"))));
    }

    @Test
    void a_guard_that_refuses_a_later_attempt_tells_the_last_failure_too() {
        CallError reason = new CallError(CallErrorCode.CIRCUIT_OPEN, "why");
        AttemptEnd reset =
                new AttemptEnd.Failed(new CallError(CallErrorCode.RESET, "broken off"), true, OptionalInt.empty());
        Situation tried =
                new Situation(Calls.POLICY, Progress.start().after(reset), Duration.ofSeconds(1), Instant.EPOCH);
        assertThat(RetryRule.refused(reason, tried))
                .isEqualTo(new Outcome.Failed(
                        OptionalInt.empty(),
                        Optional.of(
                                new CallError(CallErrorCode.CIRCUIT_OPEN, "not tried again: why, after: broken off"))));
    }

    @Test
    void a_refused_address_after_something_was_sent_is_a_failure_and_no_block() {
        AttemptEnd reset = failed(CallErrorCode.RESET, true);
        AttemptEnd refused = failed(CallErrorCode.DESTINATION_REFUSED, false);
        Situation second = new Situation(
                Calls.POLICY, Progress.start().after(reset).after(refused), Duration.ofSeconds(1), Instant.EPOCH);
        assertThat(rule.after(refused, second))
                .isEqualTo(new GiveUp(new Outcome.Failed(
                        OptionalInt.empty(), Optional.of(error(CallErrorCode.DESTINATION_REFUSED)))));
    }

    @Test
    void every_status_from_100_to_999_is_classified() {
        for (int status = 100; status <= 999; status++) {
            RetryDecision decision = rule.after(answered(status), first(Calls.POLICY));

            assertThat(decision).as("status %d", status).isEqualTo(expected(status));
        }
    }

    private static RetryDecision expected(int status) {
        if (status >= 200 && status <= 299) {
            return new Done(new Outcome.Succeeded(status));
        }
        if (DEFAULT_RETRIES.contains(status)) {
            return new Retry(Duration.ofMillis(200));
        }
        Optional<CallError> error = Optional.empty();
        if (status < 200) {
            error = Optional.of(
                    new CallError(CallErrorCode.PROTOCOL, "the final answer has the interim status " + status));
        } else if (status < 400) {
            error = Optional.of(new CallError(
                    CallErrorCode.REDIRECT_REFUSED,
                    "the answer is a redirect; endpoint.redirects is 'none', which does not follow a " + status));
        }
        return new GiveUp(new Outcome.Failed(OptionalInt.of(status), error));
    }

    @Test
    void the_model_systems_rule_tries_every_error_again_but_401_403_and_404() {
        RetryPolicy ajo = new RetryPolicy(3, RetryOn.AJO, Duration.ofMillis(200), Duration.ofSeconds(5));
        Situation situation = first(Calls.to(80).retry(ajo).policy());

        for (int status = 100; status <= 999; status++) {
            boolean retried = status >= 400 && status != 401 && status != 403 && status != 404;

            assertThat(rule.after(answered(status), situation))
                    .as("status %d", status)
                    .isEqualTo(retried ? new Retry(Duration.ofMillis(200)) : expected(status));
        }
    }

    @Test
    void a_redirect_of_a_kind_that_is_not_followed_is_told_so() {
        Situation situation =
                first(Calls.to(80).redirects(Redirects.SAME_ORIGIN).policy());

        assertThat(rule.after(answered(304), situation))
                .isInstanceOfSatisfying(
                        GiveUp.class,
                        end -> assertThat(end.outcome().error().orElseThrow().message())
                                .contains("'same-origin', which does not follow a 304"));
    }

    @Test
    void over_the_budget_a_call_ends_with_what_it_has() {
        CallError reset = error(CallErrorCode.RESET);
        Progress progress = new Progress(2, OptionalInt.of(503), Optional.of(reset));

        assertThat(RetryRule.overBudget(situation(Calls.POLICY, progress, 20)))
                .isInstanceOfSatisfying(GiveUp.class, end -> {
                    assertThat(end.outcome().wireName()).isEqualTo("failed");
                    assertThat(end.outcome().status()).hasValue(503);
                    assertThat(end.outcome().error()).map(CallError::code).contains(CallErrorCode.RETRY_BUDGET);
                    assertThat(end.outcome().error().orElseThrow().message()).endsWith(": for the test");
                });
    }

    @Test
    void the_deadlines_say_which_limit_they_are() {
        assertThat(RetryRule.attemptError(Calls.POLICY).message()).contains("attemptTimeout, PT10S");
        assertThat(RetryRule.windowError(Calls.POLICY).message()).contains("timeout, PT30S");
    }

    @ParameterizedTest
    @EnumSource(
            value = CallErrorCode.class,
            names = {"DNS", "CONNECT", "TLS_HANDSHAKE", "RESET", "PROTOCOL", "ATTEMPT_TIMEOUT"})
    void a_failure_of_the_network_is_tried_again(CallErrorCode code) {
        RetryDecision decision = rule.after(failed(code, true), first(Calls.POLICY));

        assertThat(decision).isEqualTo(new Retry(Duration.ofMillis(200)));
    }

    @ParameterizedTest
    @EnumSource(
            value = CallErrorCode.class,
            names = {"DNS", "CONNECT", "TLS_HANDSHAKE", "RESET", "PROTOCOL"})
    void a_failure_of_the_network_ends_the_call_when_io_is_not_retried(CallErrorCode code) {
        RetryPolicy noIo = new RetryPolicy(3, new RetryOn(Set.of(503), false), Duration.ZERO, Duration.ZERO);

        RetryDecision decision =
                rule.after(failed(code, true), first(Calls.to(80).retry(noIo).policy()));

        assertThat(decision).isEqualTo(new GiveUp(new Outcome.Failed(OptionalInt.empty(), Optional.of(error(code)))));
    }

    @ParameterizedTest
    @EnumSource(
            value = CallErrorCode.class,
            names = {"TLS_UNTRUSTED", "REQUEST_INVALID", "INTERNAL"})
    void some_failures_are_never_tried_again(CallErrorCode code) {
        RetryDecision decision = rule.after(failed(code, false), first(Calls.POLICY));

        assertThat(decision).isEqualTo(new GiveUp(new Outcome.Failed(OptionalInt.empty(), Optional.of(error(code)))));
    }

    @Test
    void a_refused_destination_blocks_the_call() {
        RetryDecision decision = rule.after(failed(CallErrorCode.DESTINATION_REFUSED, false), first(Calls.POLICY));

        assertThat(decision).isEqualTo(new GiveUp(new Outcome.Blocked(error(CallErrorCode.DESTINATION_REFUSED))));
    }

    @Test
    void retries_stop_at_their_number() {
        Situation third = situation(Calls.POLICY, new Progress(3, OptionalInt.of(503), Optional.empty()), 20);
        Situation fourth = situation(Calls.POLICY, new Progress(4, OptionalInt.of(503), Optional.empty()), 20);

        assertThat(rule.after(answered(503), third)).isEqualTo(new Retry(Duration.ofMillis(800)));
        assertThat(rule.after(answered(503), fourth)).isEqualTo(new GiveUp(failedWith(503)));
    }

    @Test
    void the_last_attempt_timeout_times_the_call_out_and_keeps_the_error() {
        CallError timeout = error(CallErrorCode.ATTEMPT_TIMEOUT);
        Progress last = new Progress(4, OptionalInt.empty(), Optional.of(timeout));

        RetryDecision decision =
                rule.after(failed(CallErrorCode.ATTEMPT_TIMEOUT, true), situation(Calls.POLICY, last, 20));

        assertThat(decision).isEqualTo(new GiveUp(new Outcome.TimedOut(OptionalInt.empty(), Optional.of(timeout))));
    }

    @Test
    void a_delay_that_would_pass_the_end_of_the_window_ends_the_call_with_the_last_answer() {
        Situation late = new Situation(
                Calls.POLICY, new Progress(1, OptionalInt.of(503), Optional.empty()), Duration.ofMillis(200), NOW);

        assertThat(rule.after(answered(503), late)).isEqualTo(new GiveUp(failedWith(503)));
    }

    @Test
    void a_delay_that_would_pass_the_end_of_the_window_times_out_after_an_attempt_timeout() {
        CallError timeout = error(CallErrorCode.ATTEMPT_TIMEOUT);
        Situation late = new Situation(
                Calls.POLICY, new Progress(1, OptionalInt.empty(), Optional.of(timeout)), Duration.ofMillis(1), NOW);

        assertThat(rule.after(failed(CallErrorCode.ATTEMPT_TIMEOUT, true), late))
                .isEqualTo(new GiveUp(new Outcome.TimedOut(OptionalInt.empty(), Optional.of(timeout))));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void the_later_of_back_off_and_retry_after_holds(int status) {
        assertThat(rule.after(answered(status, "2"), first(Calls.POLICY))).isEqualTo(new Retry(Duration.ofSeconds(2)));
        assertThat(rule.after(answered(status, "0"), first(Calls.POLICY))).isEqualTo(new Retry(Duration.ofMillis(200)));
        assertThat(rule.after(answered(status, "-2"), first(Calls.POLICY)))
                .isEqualTo(new Retry(Duration.ofMillis(200)));
    }

    @Test
    void retry_after_on_another_status_is_not_heeded() {
        assertThat(rule.after(answered(500, "3600"), first(Calls.POLICY))).isEqualTo(new Retry(Duration.ofMillis(200)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "3600", "99999999999", "Thu, 01 Jan 2099 00:00:00 GMT"})
    void retry_after_beyond_the_window_ends_the_call(String value) {
        RetryDecision decision = rule.after(answered(503, value), first(Calls.POLICY));

        assertThat(decision).isInstanceOfSatisfying(GiveUp.class, end -> {
            assertThat(end.outcome().status()).hasValue(503);
            assertThat(end.outcome().error()).map(CallError::code).contains(CallErrorCode.RETRY_AFTER_EXCEEDS_WINDOW);
        });
    }

    @Test
    void retry_after_without_a_retry_left_is_a_plain_failure() {
        Situation last = situation(Calls.POLICY, new Progress(4, OptionalInt.of(503), Optional.empty()), 20);

        assertThat(rule.after(answered(503, "3600"), last)).isEqualTo(new GiveUp(failedWith(503)));
    }

    @ParameterizedTest
    @EnumSource(
            value = CallErrorCode.class,
            names = {"RESET", "PROTOCOL", "ATTEMPT_TIMEOUT", "TIMEOUT"})
    void at_most_once_ends_unknown_after_bytes_were_sent(CallErrorCode code) {
        RetryDecision decision = rule.after(failed(code, true), first(AT_MOST_ONCE));

        assertThat(decision).isInstanceOfSatisfying(GiveUp.class, end -> {
            assertThat(end.outcome()).isInstanceOf(Outcome.Failed.class);
            assertThat(end.outcome().error()).map(CallError::code).contains(CallErrorCode.OUTCOME_UNKNOWN);
        });
    }

    @Test
    void at_most_once_tries_again_what_was_not_sent_and_what_was_answered() {
        assertThat(rule.after(failed(CallErrorCode.CONNECT, false), first(AT_MOST_ONCE)))
                .isInstanceOf(Retry.class);
        assertThat(rule.after(answered(503), first(AT_MOST_ONCE))).isInstanceOf(Retry.class);
    }

    @Test
    void a_broken_answer_is_judged_by_its_status_where_that_is_an_error() {
        assertThat(rule.after(cut(CallErrorCode.RESET, 200), first(Calls.POLICY)))
                .isInstanceOf(Retry.class);
        assertThat(rule.after(cut(CallErrorCode.RESET, 503), first(Calls.POLICY)))
                .isInstanceOf(Retry.class);
        assertThat(rule.after(cut(CallErrorCode.RESET, 404), first(Calls.POLICY)))
                .isInstanceOf(GiveUp.class);
        assertThat(rule.after(cut(CallErrorCode.RESET, 302), first(Calls.POLICY)))
                .isInstanceOf(GiveUp.class);
    }

    @Test
    void a_too_large_answer_after_a_success_is_not_tried_again() {
        RetryDecision decision = rule.after(cut(CallErrorCode.RESPONSE_TOO_LARGE, 200), first(Calls.POLICY));

        CallError tooLarge = error(CallErrorCode.RESPONSE_TOO_LARGE);
        assertThat(decision).isEqualTo(new GiveUp(new Outcome.Failed(OptionalInt.empty(), Optional.of(tooLarge))));
    }

    @Test
    void an_answer_with_too_large_headers_may_have_been_a_success_and_is_not_tried_again() {
        assertThat(rule.after(failed(CallErrorCode.RESPONSE_TOO_LARGE, true), first(Calls.POLICY)))
                .isInstanceOf(GiveUp.class);
        assertThat(RetryRule.again(failed(CallErrorCode.RESPONSE_TOO_LARGE, true), first(Calls.POLICY)))
                .isEmpty();
    }

    @Test
    void a_too_large_answer_to_an_error_is_tried_again_by_its_status() {
        for (CallPolicy policy : List.of(Calls.POLICY, AT_MOST_ONCE)) {
            assertThat(rule.after(cut(CallErrorCode.RESPONSE_TOO_LARGE, 503), first(policy)))
                    .isInstanceOf(Retry.class);
            assertThat(rule.after(cut(CallErrorCode.RESPONSE_TOO_LARGE, 400), first(policy)))
                    .isInstanceOf(GiveUp.class);
        }
    }

    @Test
    void every_error_code_has_a_decision() {
        for (CallErrorCode code : EnumSet.allOf(CallErrorCode.class)) {
            assertThat(rule.after(failed(code, false), first(Calls.POLICY)))
                    .as(code.code())
                    .isNotNull();
        }
    }

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static Situation first(CallPolicy policy) {
        return situation(policy, new Progress(1, OptionalInt.empty(), Optional.empty()), 30);
    }

    private static Situation situation(CallPolicy policy, Progress progress, long remainingSeconds) {
        return new Situation(policy, progress, Duration.ofSeconds(remainingSeconds), NOW);
    }

    private static AttemptEnd answered(int status) {
        return new AttemptEnd.Answered(new Answer(status, List.of(), new byte[0]));
    }

    private static AttemptEnd answered(int status, String retryAfter) {
        return new AttemptEnd.Answered(new Answer(status, List.of(new Header("Retry-After", retryAfter)), new byte[0]));
    }

    private static AttemptEnd failed(CallErrorCode code, boolean sent) {
        return new AttemptEnd.Failed(error(code), sent, OptionalInt.empty());
    }

    private static AttemptEnd cut(CallErrorCode code, int headStatus) {
        return new AttemptEnd.Failed(error(code), true, OptionalInt.of(headStatus));
    }

    private static CallError error(CallErrorCode code) {
        return new CallError(code, "for the test");
    }

    private static Outcome failedWith(int status) {
        return new Outcome.Failed(OptionalInt.of(status), Optional.empty());
    }
}
