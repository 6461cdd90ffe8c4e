package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallResult;
import dev.onward.call.Line;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.TestCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Calls under limits that wait for something else when they might be sent. */
class HeldUpCallTest extends CallsUnderLimits {

    @Test
    void what_was_held_up_after_it_took_its_slot_counts_from_when_it_is_sent() {
        deploy(config(LimitKind.CAPPING, CAP.formatted(2, "")));
        transport.departs(Duration.ofMillis(700)).departs(Duration.ZERO).departs(Duration.ZERO);
        start();
        timer.advance(Duration.ofMillis(700));
        timer.advance(Duration.ofMillis(310));
        assertThat(call().outcome().isSuccess()).isTrue();
        assertThat(call().outcome().wireName()).isEqualTo("capped");
        timer.advance(Duration.ofMillis(700));
        assertThat(call().outcome().isSuccess()).isTrue();
    }

    @Test
    void what_is_held_up_for_longer_than_the_period_keeps_its_slot_until_it_is_sent() {
        deploy(config(LimitKind.CAPPING, CAP.formatted(1, "")));
        transport.departs(Duration.ofMillis(2_500)).answers(200);
        CompletableFuture<CallResult> heldUp = begin();
        timer.advance(Duration.ofSeconds(2));
        assertThat(call().outcome().wireName()).isEqualTo("capped");
        timer.advance(Duration.ofMillis(1_400));
        assertThat(heldUp).isCompletedWithValueMatching(call -> call.outcome().isSuccess());
        assertThat(call().outcome().wireName()).isEqualTo("capped");
        timer.advance(Duration.ofMillis(200));
        assertThat(call().outcome().isSuccess()).isTrue();
    }

    @Test
    void what_was_never_sent_has_its_slot_until_it_fails_and_for_a_period_at_least() {
        deploy(config(LimitKind.CAPPING, CAP.formatted(1, "")));
        AttemptEnd unreachable = AttemptEnd.Failed.unsent(CallErrorCode.CONNECT, "scripted");
        transport.ends(Duration.ofMillis(400), unreachable).answers(200);
        CompletableFuture<CallResult> first = begin(Calls.to(PROVIDER).window(Duration.ofMillis(600)));
        timer.advance(Duration.ofMillis(900));
        assertThat(first).isCompletedWithValueMatching(call -> !call.outcome().isSuccess());
        assertThat(call().outcome().wireName()).isEqualTo("capped");
        timer.advance(Duration.ofMillis(200));
        assertThat(call().outcome().isSuccess()).isTrue();
    }

    @Test
    void what_is_sent_once_more_has_another_slot_until_then() {
        deploy(config(LimitKind.CAPPING, CAP.formatted(2, "")));
        transport.repeats(Duration.ofMillis(1_500)).departs(Duration.ZERO).departs(Duration.ZERO);
        CompletableFuture<CallResult> repeated = begin();
        timer.advance(Duration.ofMillis(500));
        assertThat(call().outcome().wireName()).isEqualTo("capped");
        timer.advance(Duration.ofMillis(510));
        assertThat(call().outcome().isSuccess()).isTrue();
        timer.advance(Duration.ofMillis(500));
        assertThat(repeated).isCompletedWithValueMatching(call -> call.outcome().isSuccess());
        assertThat(call().outcome().wireName()).isEqualTo("capped");
        timer.advance(Duration.ofMillis(1_100));
        assertThat(call().outcome().isSuccess()).isTrue();
    }

    @Test
    void what_is_sent_once_more_counts_twice_under_a_throttling() {
        deploy(config(LimitKind.THROTTLING, THROTTLING.formatted(2)));
        transport.repeats(Duration.ofMillis(900)).answers(200).answers(200);
        List<CompletableFuture<CallResult>> calls = List.of(begin(), begin(), begin());
        timer.advance(Duration.ofSeconds(1));
        assertThat(transport.sent()).hasSize(1);
        timer.advance(Duration.ofSeconds(4));
        assertThat(calls).allMatch(CompletableFuture::isDone);
    }

    @Test
    void no_more_are_on_their_way_than_a_throttling_lets_go_in_a_second() {
        deploy(config(LimitKind.THROTTLING, THROTTLING.formatted(2)));
        transport
                .departs(Duration.ofSeconds(3))
                .departs(Duration.ofMillis(2_500))
                .answers(200);
        List<CompletableFuture<CallResult>> calls = List.of(begin(), begin(), begin());
        timer.advance(Duration.ofMillis(3_900));
        assertThat(transport.sent()).hasSize(2);
        timer.advance(Duration.ofSeconds(1));
        assertThat(calls).allMatch(CompletableFuture::isDone);
    }

    @Test
    void who_has_a_turn_and_waits_for_a_token_holds_nobody_up() {
        deploy(config(LimitKind.THROTTLING, THROTTLING.formatted(10)));
        transport.hangs().answers(200);
        CompletableFuture<CallResult> fetching =
                begin(Calls.to(PROVIDER).credential(TestCredentials.token()).window(Duration.ofSeconds(20)));
        CompletableFuture<CallResult> bare = begin(Calls.to(PROVIDER));
        timer.advance(Duration.ofMillis(200));
        assertThat(fetching).isNotDone();
        assertThat(bare).isCompletedWithValueMatching(call -> call.outcome().isSuccess());
    }

    @Test
    void who_gives_up_after_its_turn_holds_nobody_up() {
        deploy(config(LimitKind.THROTTLING, THROTTLING.formatted(10)));
        transport.answers(200);
        CompletableFuture<CallResult> givesUp =
                begin(Calls.to(PROVIDER).in(new NeverIntending()).window(Duration.ofMillis(150)));
        CompletableFuture<CallResult> next = begin(Calls.to(PROVIDER));
        timer.advance(Duration.ofMillis(149));
        assertThat(next).isNotDone();
        timer.advance(Duration.ofMillis(151));
        assertThat(givesUp).isCompletedWithValueMatching(call -> !call.outcome().isSuccess());
        assertThat(next).isCompletedWithValueMatching(call -> call.outcome().isSuccess());
    }

    @Test
    void requests_of_a_lane_leave_in_the_order_of_their_turns_whoever_is_held_up() {
        deploy(config(LimitKind.THROTTLING, THROTTLING.formatted(200)));
        transport.departs(Duration.ofMillis(12)).departs(Duration.ZERO).departs(Duration.ZERO);
        List<String> left = new ArrayList<>();
        List<CompletableFuture<Void>> calls = List.of("first", "second", "third").stream()
                .map(name -> begin().thenRun(() -> left.add(name)))
                .toList();
        timer.advance(Duration.ofMillis(11));
        assertThat(calls).noneMatch(CompletableFuture::isDone);
        timer.advance(Duration.ofMillis(2));
        assertThat(left).containsExactly("first", "second", "third");
    }

    /** Of a call about which nobody can store that it is about to be sent. */
    private static final class NeverIntending implements Line {

        @Override
        public String lane() {
            return "";
        }

        @Override
        public Optional<CompletionStage<?>> intent() {
            return Optional.of(new CompletableFuture<>());
        }
    }
}
