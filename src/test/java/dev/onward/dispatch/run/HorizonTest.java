package dev.onward.dispatch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.action.Durability;
import dev.onward.call.AttemptRecord;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallLinks;
import dev.onward.call.CallRecord;
import dev.onward.call.CapturedMessage;
import dev.onward.call.HttpMethod;
import dev.onward.call.Outcome;
import dev.onward.call.Passage;
import dev.onward.call.Timings;
import dev.onward.dispatch.DurableCallBuilder;
import dev.onward.dispatch.run.Horizon.Again;
import dev.onward.dispatch.store.Claim;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.invocation.InvocationResult;
import dev.onward.invocation.Run;
import dev.onward.testsupport.FixedShare;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HorizonTest {

    private static final Outcome BUSY = new Outcome.Failed(OptionalInt.of(503), Optional.empty());
    private static final Optional<Duration> AT_ONCE = Optional.of(Duration.ZERO);

    private static final Durability DECLARED =
            new Durability(Durability.DEFAULT.maxAge(), Durability.DEFAULT.base(), Durability.DEFAULT.cap(), true);

    private final DurableCall call = DurableCallBuilder.call().build();
    private final Instant now = call.id().madeAt().plusSeconds(1);
    private final Horizon longest = new Horizon(new FixedShare(1));

    @Test
    void what_the_rules_do_not_try_again_ends() {
        Run run = ran(new Outcome.Failed(OptionalInt.of(400), Optional.empty()), 1, Optional.empty());
        assertThat(longest.after(run, claim(0), Durability.DEFAULT, now)).isEmpty();
    }

    @Test
    void waits_double_from_a_second_to_five_minutes() {
        List<Duration> waits = List.of(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(4),
                Duration.ofSeconds(8),
                Duration.ofSeconds(16),
                Duration.ofSeconds(32),
                Duration.ofSeconds(64),
                Duration.ofSeconds(128),
                Duration.ofSeconds(256),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5));
        for (int failures = 0; failures < waits.size(); failures++) {
            Again again = longest.after(ran(BUSY, 1, AT_ONCE), claim(failures), Durability.DEFAULT, now)
                    .orElseThrow();
            assertThat(again.at()).as("after %d failures", failures).contains(now.plus(waits.get(failures)));
            assertThat(again.failed()).isTrue();
            assertThat(again.laneWaits()).isEmpty();
        }
    }

    @Test
    void the_jitter_is_full() {
        Horizon shortest = new Horizon(new FixedShare(0));
        assertThat(shortest.after(ran(BUSY, 1, AT_ONCE), claim(9), Durability.DEFAULT, now))
                .flatMap(Again::at)
                .contains(now);
    }

    @Test
    void what_the_provider_asks_for_is_waited_for_beyond_the_window() {
        Outcome asks = failed(CallErrorCode.RETRY_AFTER_EXCEEDS_WINDOW);
        Duration hour = Duration.ofHours(1);
        Again again = longest.after(ran(asks, 1, Optional.of(hour)), claim(0), Durability.DEFAULT, now)
                .orElseThrow();
        assertThat(again.at()).contains(now.plus(hour));
        assertThat(again.laneWaits()).contains(Duration.ofMinutes(10));
    }

    @Test
    void what_was_not_let_through_keeps_its_place_while_its_lane_waits_and_counts_as_no_failure() {
        for (CallErrorCode code : List.of(
                CallErrorCode.CIRCUIT_OPEN,
                CallErrorCode.RETRY_AFTER_EXCEEDS_WINDOW,
                CallErrorCode.CONCURRENCY_WAIT,
                CallErrorCode.THROTTLE_WAIT)) {
            Again again = longest.after(ran(failed(code), 0, Optional.empty()), claim(9), Durability.DEFAULT, now)
                    .orElseThrow();
            assertThat(again.at()).isEmpty();
            assertThat(again.failed()).isFalse();
            assertThat(again.laneWaits()).contains(Duration.ofSeconds(1));
        }
    }

    @Test
    void what_a_capping_refuses_ends_also_when_only_its_retry_is_refused() {
        for (CallErrorCode code : List.of(CallErrorCode.CAPPED, CallErrorCode.CAPPED_ON_RETRY)) {
            assertThat(longest.after(ran(failed(code), 1, AT_ONCE), claim(0), Durability.DEFAULT, now))
                    .isEmpty();
        }
    }

    @Test
    void a_callback_that_a_capping_refuses_waits_without_holding_up_its_lane() {
        for (CallErrorCode code : List.of(CallErrorCode.CAPPED, CallErrorCode.CAPPED_ON_RETRY)) {
            int attempts = code == CallErrorCode.CAPPED ? 0 : 1;
            Again again = longest.after(
                            ran(failed(code), attempts, Optional.empty()),
                            new Claim(callback(), 1, 1, 0, 0, false, false),
                            Durability.DEFAULT,
                            now)
                    .orElseThrow();
            assertThat(again.at()).get().isNotEqualTo(now);
            assertThat(again.failed()).isEqualTo(attempts > 0);
            assertThat(again.laneWaits()).isEmpty();
        }
    }

    @Test
    void a_call_that_was_paused_while_it_waited_keeps_its_place_and_holds_up_no_other() {
        Run paused = ran(failed(CallErrorCode.PAUSED), 0, Optional.empty());
        for (Claim each : List.of(claim(0), stepClaim())) {
            assertThat(longest.after(paused, each, Durability.DEFAULT, now))
                    .contains(new Again(Optional.empty(), false, Optional.empty()));
        }
    }

    @Test
    void a_call_whose_secret_cannot_be_opened_waits_without_holding_up_its_lane() {
        Again again = longest.after(
                        ran(failed(CallErrorCode.SECRET_UNAVAILABLE), 0, Optional.empty()),
                        claim(0),
                        Durability.DEFAULT,
                        now)
                .orElseThrow();
        assertThat(again).isEqualTo(new Again(Optional.of(now.plusSeconds(5)), false, Optional.empty()));
    }

    @Test
    void a_call_without_a_token_is_tried_again_ever_later() {
        Again again = longest.after(
                        ran(failed(CallErrorCode.AUTH_FAILED), 0, Optional.empty()), claim(3), Durability.DEFAULT, now)
                .orElseThrow();
        assertThat(again).isEqualTo(new Again(Optional.of(now.plusSeconds(8)), true, Optional.empty()));
    }

    @Test
    void a_call_ends_with_what_it_has_when_the_next_attempt_would_come_too_late() {
        Instant late = call.deadline().minusMillis(500);
        assertThat(longest.after(ran(BUSY, 1, AT_ONCE), claim(0), Durability.DEFAULT, late))
                .isEmpty();
    }

    @Test
    void a_call_that_was_never_sent_waits_until_its_time_is_over() {
        Instant late = call.deadline();
        Run refused = ran(failed(CallErrorCode.CIRCUIT_OPEN), 0, Optional.empty());
        assertThat(longest.after(refused, claim(0), Durability.DEFAULT, late))
                .flatMap(Again::at)
                .contains(call.deadline());
    }

    @Test
    void what_may_have_been_sent_at_most_once_ends() {
        Run unknown = ran(failed(CallErrorCode.OUTCOME_UNKNOWN), 1, Optional.empty());
        assertThat(longest.after(unknown, claim(0), Durability.DEFAULT, now)).isEmpty();
    }

    @Test
    void a_step_of_a_journey_is_tried_beyond_its_window_only_when_its_action_asks_for_that() {
        Run failed = ran(BUSY, 1, AT_ONCE);
        assertThat(longest.after(failed, stepClaim(), Durability.DEFAULT, now)).isEmpty();
        assertThat(longest.after(failed, stepClaim(), DECLARED, now))
                .flatMap(Again::at)
                .contains(now.plusSeconds(1));
        assertThat(longest.after(failed, claim(0), Durability.DEFAULT, now)).isPresent();
    }

    @Test
    void a_step_of_a_journey_whose_attempts_failed_ends_also_when_its_host_refuses_the_next_one() {
        for (CallErrorCode code : List.of(CallErrorCode.CIRCUIT_OPEN, CallErrorCode.RETRY_AFTER_EXCEEDS_WINDOW)) {
            assertThat(longest.after(ran(failed(code), 1, AT_ONCE), stepClaim(), Durability.DEFAULT, now))
                    .as("%s", code)
                    .isEmpty();
        }
        Run unsigned = ran(failed(CallErrorCode.AUTH_FAILED), 0, Optional.empty());
        assertThat(longest.after(unsigned, stepClaim(), Durability.DEFAULT, now))
                .isEmpty();
    }

    @Test
    void a_step_of_a_journey_waits_as_every_call_for_what_is_no_failure() {
        for (CallErrorCode code : List.of(
                CallErrorCode.CIRCUIT_OPEN,
                CallErrorCode.RETRY_AFTER_EXCEEDS_WINDOW,
                CallErrorCode.CONCURRENCY_WAIT,
                CallErrorCode.THROTTLE_WAIT,
                CallErrorCode.LIMITS_UNAVAILABLE,
                CallErrorCode.SECRET_UNAVAILABLE)) {
            Run refused = ran(failed(code), 0, Optional.empty());
            assertThat(longest.after(refused, stepClaim(), Durability.DEFAULT, now))
                    .as("%s", code)
                    .isEqualTo(longest.after(refused, claim(0), Durability.DEFAULT, now))
                    .isPresent();
        }
    }

    private static Outcome failed(CallErrorCode code) {
        return new Outcome.Failed(OptionalInt.empty(), Optional.of(new CallError(code, "why")));
    }

    private Claim claim(int failures) {
        return new Claim(call, 1, failures + 1, failures, failures, false, false);
    }

    private static Claim stepClaim() {
        return new Claim(DurableCallBuilder.call().inInstance("i-1").build(), 1, 1, 0, 0, false, false);
    }

    private DurableCall callback() {
        return new DurableCall(
                call.id(),
                call.lane(),
                call.action(),
                1,
                call.origin(),
                call.target(),
                call.invocation(),
                false,
                call.deadline(),
                CallLinks.callbackOf(call.id()),
                OptionalInt.empty(),
                Optional.empty());
    }

    private Run ran(Outcome outcome, int attempts, Optional<Duration> again) {
        CallRecord record =
                call.ended(outcome, now).since(Duration.ofSeconds(1), Collections.nCopies(attempts, attempt()));
        return new Run(new InvocationResult(record, Optional.empty(), Optional.empty(), Optional.empty()), again);
    }

    private static AttemptRecord attempt() {
        Optional<Duration> no = Optional.empty();
        return new AttemptRecord(
                1,
                Instant.EPOCH,
                HttpMethod.POST,
                "https://provider.test/v1",
                new CapturedMessage(List.of(), Optional.empty(), false),
                OptionalInt.of(503),
                Optional.empty(),
                Optional.empty(),
                new Timings(no, no, no, no, no, Duration.ZERO),
                Passage.PLAIN,
                no);
    }
}
