package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.CallErrorCode;
import dev.onward.call.CallResult;
import dev.onward.call.Line;
import dev.onward.limit.ThrottleDrains.Drain;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.Calls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls that wait for limits, under a clock that a test moves. */
class WaitingCallTest extends CallsUnderLimits {

    @Test
    void a_call_of_a_queue_keeps_its_place_at_the_throttling_beyond_its_window() {
        deploy(config(LimitKind.THROTTLING, THROTTLING.formatted(1)));
        List<CompletableFuture<CallResult>> calls = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            transport.answers(200);
            calls.add(begin(Calls.to(PROVIDER).window(Duration.ofSeconds(2)).in(patient(Duration.ofHours(6)))));
        }
        for (int i = 0; i < 10; i++) {
            timer.advance(Duration.ofMillis(1_050));
            long done = calls.stream().filter(CompletableFuture::isDone).count();
            assertThat(calls.subList(0, (int) done)).allMatch(CompletableFuture::isDone);
        }
        assertThat(calls)
                .allMatch(call -> call.isDone() && call.join().outcome().isSuccess());
    }

    @Test
    void what_waited_under_a_throttling_goes_out_at_its_pace_for_a_day_after_it_was_undeployed() {
        undeployed(Instant.now().plusSeconds(60));
        transport.answers(200).answers(200).answers(200).answers(200);
        start();
        start();
        timer.advance(Duration.ofMillis(10));
        assertThat(transport.sent()).hasSize(1);
        timer.advance(Duration.ofMillis(1_050));
        assertThat(transport.sent()).hasSize(2);
        timer.advance(Duration.ofHours(24));
        call();
        call();
    }

    @Test
    void new_calls_do_not_enter_a_throttling_that_was_undeployed() {
        undeployed(Instant.now().minusSeconds(60));
        transport.answers(200).answers(200);
        call();
        call();
    }

    @Test
    void calls_that_wait_until_the_limits_are_known_are_let_in_in_their_order() {
        known = new CompletableFuture<>();
        List<Integer> ended = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            transport.answers(200);
            var unused = begin().thenAccept(result -> ended.add(number));
        }
        deploy(config(LimitKind.THROTTLING, THROTTLING.formatted(1)));
        known.complete(limits);
        for (int i = 0; i < 6; i++) {
            timer.advance(Duration.ofMillis(1_050));
        }
        assertThat(ended).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void a_call_waits_for_the_limits_no_longer_than_its_window() {
        known = new CompletableFuture<>();
        CompletableFuture<CallResult> call = begin(Calls.to(PROVIDER).window(Duration.ofSeconds(2)));
        timer.advance(Duration.ofMillis(2_100));
        assertThat(call.join().outcome().error().orElseThrow().code()).isEqualTo(CallErrorCode.LIMITS_UNAVAILABLE);
        known.complete(limits);
        assertThat(transport.sent()).isEmpty();
    }

    @Test
    void a_call_waits_for_its_processs_share_of_a_capping_no_longer_than_its_window() {
        CapShares stuck = new CapShares(new MemoryCapLedger(timer).process(), task -> {}, timer);
        SandboxLimits shared = new SandboxLimits(
                new SandboxLimits.Parts(Sandbox.DEFAULT, timer, uid -> new LocalInstants(timer), Optional.of(stuck)));
        shared.deploy(new LimitStore.Deployed(
                        List.of(config(LimitKind.CAPPING, CAP.formatted(5, ""))), List.of(), Instant.EPOCH))
                .run();
        known = CompletableFuture.completedFuture(shared);
        CompletableFuture<CallResult> call = begin(Calls.to(PROVIDER).window(Duration.ofSeconds(2)));
        timer.advance(Duration.ofMillis(2_100));
        assertThat(call.join().outcome().error().orElseThrow().code()).isEqualTo(CallErrorCode.LIMITS_UNAVAILABLE);
        assertThat(transport.sent()).isEmpty();
    }

    private void undeployed(Instant since) {
        Drain drain = new Drain(UUID.randomUUID(), THROTTLING.formatted(1), since);
        limits.deploy(new LimitStore.Deployed(List.of(), List.of(drain), since)).run();
    }

    private static Line patient(Duration patience) {
        return new Line() {
            @Override
            public String lane() {
                return "";
            }

            @Override
            public Optional<Duration> patience() {
                return Optional.of(patience);
            }
        };
    }
}
