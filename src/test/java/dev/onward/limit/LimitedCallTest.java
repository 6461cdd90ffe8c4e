package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.CallErrorCode;
import dev.onward.call.CallResult;
import dev.onward.call.Line;
import dev.onward.egress.Header;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.ScriptedTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls under limits, under a clock that a test moves. */
class LimitedCallTest extends CallsUnderLimits {

    @Test
    void a_call_over_the_cap_is_capped_and_not_sent() {
        deploy(config(LimitKind.CAPPING, CAP.formatted(2, "")));
        transport.answers(200).answers(200);
        call();
        call();
        CallResult third = call();
        assertThat(third.outcome().wireName()).isEqualTo("capped");
        assertThat(third.outcome().joStatusCode()).isEqualTo("capped");
        assertThat(third.attempts()).isEmpty();
        timer.advance(Duration.ofMillis(1_005));
        transport.answers(200);
        CallResult later = call();
        assertThat(later.outcome().isSuccess()).isTrue();
        assertThat(later.attempts().get(0).passage().throttled()).isFalse();
    }

    @Test
    void a_host_is_paced_when_a_throttling_is_for_a_part_of_it() {
        deploy(config(LimitKind.CAPPING, CAP.formatted(2, "")));
        assertThat(limits.isPaced(PROVIDER.origin())).isFalse();
        deploy(config(LimitKind.THROTTLING, THROTTLING.formatted(2)));
        assertThat(limits.isPaced(PROVIDER.origin())).isTrue();
        assertThat(limits.isPaced("https://api.example.com:8443")).isFalse();
    }

    @Test
    void a_retry_takes_a_slot_and_ends_without_one() {
        deploy(config(LimitKind.CAPPING, CAP.formatted(1, "")));
        transport.answers(503);
        CompletableFuture<CallResult> call = begin();
        timer.advance(Duration.ofSeconds(1));
        CallResult result = call.join();
        assertThat(result.outcome().wireName()).isEqualTo("failed");
        assertThat(result.outcome().error().orElseThrow().code()).isEqualTo(CallErrorCode.CAPPED_ON_RETRY);
        assertThat(result.outcome().joStatusCode()).isEqualTo("http_503");
    }

    @Test
    void every_cap_that_matches_counts_and_a_refused_call_takes_no_slot_of_the_others() {
        LimitConfig wide = config(LimitKind.CAPPING, CAP.formatted(3, ""));
        LimitConfig narrow = config(LimitKind.CAPPING, CAP.formatted(1, "").replace("/v1/*", "/v1/send"));
        deploy(wide, narrow);
        transport.answers(200).answers(200).answers(200);
        call();
        assertThat(call().outcome().wireName()).isEqualTo("capped");
        call(Calls.to(PROVIDER.withPathAndQuery("/v1/other", "")));
        assertThat(limits.used(limits.cap(wide.uid()).orElseThrow())).isEqualTo(2);
    }

    @Test
    void another_method_or_host_is_under_the_default_cap_of_its_host() {
        deploy(config(LimitKind.CAPPING, CAP.formatted(1, "").replace("POST", "PUT")));
        transport.answers(200).answers(200);
        call();
        call();
        assertThat(limits.hostsInUse()).containsEntry("api.example.com", 2);
    }

    @Test
    void counts_outlast_a_change_of_the_configuration() {
        LimitConfig before = config(LimitKind.CAPPING, CAP.formatted(5, ""));
        deploy(before);
        transport.answers(200).answers(200);
        call();
        call();
        deploy(new LimitConfig(
                before.uid(),
                before.sandbox(),
                before.kind(),
                before.document(),
                Optional.of(CAP.formatted(2, "")),
                "deployed",
                STAMP,
                STAMP,
                Optional.of(STAMP)));
        assertThat(call().outcome().wireName()).isEqualTo("capped");
        deploy();
        transport.answers(200);
        assertThat(call().outcome().isSuccess()).isTrue();
    }

    @Test
    void any_positive_bound_of_connections_is_taken() {
        deploy(config(LimitKind.CAPPING, CAP.formatted(100, ", \"maxHttpConnections\": 99999999999999999999")));
        transport.answers(200);
        assertThat(call().outcome().isSuccess()).isTrue();
    }

    @Test
    void a_bound_of_connections_makes_calls_wait() {
        deploy(config(LimitKind.CAPPING, CAP.formatted(100, ", \"maxHttpConnections\": 1")));
        transport.ends(Duration.ofSeconds(2), ScriptedTransport.answered(200)).answers(200);
        CompletableFuture<CallResult> first = begin();
        CompletableFuture<CallResult> second = begin();
        timer.advance(Duration.ofSeconds(1));
        assertThat(transport.sent()).hasSize(1);
        timer.advance(Duration.ofSeconds(2));
        assertThat(first).isCompleted();
        assertThat(second.join().outcome().isSuccess()).isTrue();
    }

    @Test
    void who_finds_no_connection_in_time_expires() {
        deploy(config(LimitKind.CAPPING, CAP.formatted(100, ", \"maxHttpConnections\": 1")));
        transport.ends(Duration.ofSeconds(9), ScriptedTransport.answered(200));
        start();
        CompletableFuture<CallResult> second = begin(Calls.to(PROVIDER).window(Duration.ofSeconds(2)));
        timer.advance(Duration.ofSeconds(3));
        assertThat(second.join().outcome().wireName()).isEqualTo("expired");
        assertThat(second.join().outcome().error().orElseThrow().code()).isEqualTo(CallErrorCode.CONCURRENCY_WAIT);
    }

    @Test
    void a_throttled_call_waits_for_its_turn_and_its_window_begins_with_it() {
        deploy(config(LimitKind.THROTTLING, THROTTLING.formatted(1)));
        List<CompletableFuture<CallResult>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            transport.answers(200);
            calls.add(begin(Calls.to(PROVIDER).window(Duration.ofSeconds(5))));
        }
        timer.advance(Duration.ofMillis(10));
        assertThat(transport.sent()).hasSize(1);
        timer.advance(Duration.ofMillis(1_050));
        assertThat(transport.sent()).hasSize(2);
        timer.advance(Duration.ofMillis(1_050));
        assertThat(calls)
                .allMatch(call -> call.isDone() && call.join().outcome().isSuccess())
                .allMatch(call -> call.join().attempts().get(0).passage().throttled());
    }

    @Test
    void whose_turn_does_not_come_in_time_expires() {
        deploy(config(LimitKind.THROTTLING, THROTTLING.formatted(1)));
        transport.answers(200).answers(200).answers(200);
        start();
        start();
        start();
        CompletableFuture<CallResult> last = begin(Calls.to(PROVIDER).window(Duration.ofSeconds(2)));
        timer.advance(Duration.ofMillis(2_010));
        assertThat(last.join().outcome().wireName()).isEqualTo("expired");
        assertThat(last.join().outcome().error().orElseThrow().code()).isEqualTo(CallErrorCode.THROTTLE_WAIT);
        assertThat(last.join().outcome().joStatusCode()).isEqualTo("internalError");
    }

    @Test
    void calls_that_a_pause_of_the_host_held_up_go_evenly_spaced_after_it() {
        deploy(config(LimitKind.THROTTLING, THROTTLING.formatted(100)));
        transport.answers(429, new Header("Retry-After", "5"));
        start();
        timer.advance(Duration.ofMillis(1));
        for (int i = 0; i < 200; i++) {
            transport.answers(200);
            start();
        }
        timer.advance(Duration.ofMillis(4_900));
        assertThat(transport.sent()).hasSize(1);
        transport.answers(200);
        timer.advance(Duration.ofSeconds(1));
        assertThat(transport.sent()).hasSizeBetween(80, 101);
        timer.advance(Duration.ofMillis(1_500));
        assertThat(transport.sent()).hasSize(202);
    }

    @Test
    void the_wait_for_a_turn_is_time_in_the_queue_and_not_in_the_window() {
        deploy(config(LimitKind.THROTTLING, THROTTLING.formatted(1)));
        transport.answers(200).answers(200);
        CompletableFuture<CallResult> first = begin();
        CompletableFuture<CallResult> second = begin(Calls.to(PROVIDER).window(Duration.ofMillis(1_500)));
        timer.advance(Duration.ofMillis(1_100));
        assertThat(first).isCompleted();
        assertThat(first.join().attempts().get(0).timings().queued().orElse(Duration.ZERO))
                .isLessThan(Duration.ofMillis(100));
        assertThat(second).isCompleted();
        assertThat(second.join().attempts().get(0).timings().queued().orElseThrow())
                .isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_100));
    }

    @Test
    void a_retry_waits_for_a_turn_of_its_own_before_those_who_came_later() {
        deploy(config(LimitKind.THROTTLING, THROTTLING.formatted(1)));
        transport.answers(503).answers(200).answers(200);
        CompletableFuture<CallResult> retried = begin();
        CompletableFuture<CallResult> other = begin();
        timer.advance(Duration.ofMillis(900));
        assertThat(transport.sent()).hasSize(1);
        timer.advance(Duration.ofMillis(200));
        assertThat(retried).isCompleted();
        assertThat(retried.join().attempts()).hasSize(2);
        assertThat(other).isNotCompleted();
        timer.advance(Duration.ofMillis(1_100));
        assertThat(other).isCompleted();
    }

    @Test
    void a_retry_whose_turn_does_not_come_within_the_window_leaves_the_queue() {
        LimitConfig slow = config(LimitKind.THROTTLING, THROTTLING.formatted(1));
        deploy(slow);
        transport.answers(503);
        CompletableFuture<CallResult> call = begin(Calls.to(PROVIDER).window(Duration.ofMillis(600)));
        timer.advance(Duration.ofMillis(700));
        assertThat(call.join().outcome().wireName()).isEqualTo("timedOut");
        assertThat(call.join().outcome().joStatusCode()).isEqualTo("http_503");
        assertThat(limits.throttle(slow.uid()).orElseThrow().waiting()).isZero();
    }

    @Test
    void calls_under_two_throttlings_go_at_the_slower_pace() {
        deploy(
                config(LimitKind.THROTTLING, THROTTLING.formatted(10)),
                config(LimitKind.THROTTLING, THROTTLING.formatted(7)));
        for (int i = 0; i < 30; i++) {
            transport.answers(200);
            start();
        }
        timer.advance(Duration.ofSeconds(3));
        assertThat(transport.sent()).hasSizeBetween(15, 22);
        timer.advance(Duration.ofSeconds(3));
        assertThat(transport.sent()).hasSize(30);
    }

    @Test
    void undeployed_throttling_lets_those_who_wait_go_on_at_its_pace() {
        deploy(config(LimitKind.THROTTLING, THROTTLING.formatted(10)));
        for (int i = 0; i < 20; i++) {
            transport.answers(200);
            start();
        }
        deploy();
        timer.advance(Duration.ofMillis(950));
        assertThat(transport.sent()).hasSizeBetween(8, 10);
        timer.advance(Duration.ofMillis(1_100));
        assertThat(transport.sent()).hasSize(20);
    }

    @Test
    void counts_outlast_the_undeploying_that_an_update_goes_through() {
        LimitConfig cap = config(LimitKind.CAPPING, CAP.formatted(2, ""));
        deploy(cap);
        transport.answers(200).answers(200);
        call();
        call();
        deploy();
        deploy(cap);
        assertThat(call().outcome().wireName()).isEqualTo("capped");
        timer.advance(Duration.ofMillis(1_005));
        deploy();
        deploy(cap);
        transport.answers(200);
        assertThat(call().outcome().isSuccess()).isTrue();
    }

    @Test
    void who_has_a_turn_and_waits_for_a_connection_holds_nobody_up() {
        deploy(config(LimitKind.THROTTLING, THROTTLING.formatted(10)));
        transport.hangs().answers(200);
        Calls bounded = Calls.to(PROVIDER).maxConcurrency(1).window(Duration.ofSeconds(20));
        CompletableFuture<CallResult> first = begin(bounded);
        CompletableFuture<CallResult> second = begin(bounded);
        CompletableFuture<CallResult> free = begin(Calls.to(PROVIDER));
        timer.advance(Duration.ofMillis(400));
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        assertThat(free).isCompletedWithValueMatching(call -> call.outcome().isSuccess());
    }

    @Test
    void journeys_have_as_many_turns_in_a_row_as_a_throttling_says() {
        deploy(config(
                LimitKind.THROTTLING,
                THROTTLING.formatted(100).replace("\"methods\"", "\"weights\": { \"heavy\": 2 }, \"methods\"")));
        List<CompletableFuture<CallResult>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            transport.answers(200).answers(200);
            calls.add(begin(Calls.to(PROVIDER).in(Line.of("light"))));
            calls.add(begin(Calls.to(PROVIDER).in(Line.of("heavy"))));
        }
        timer.advance(Duration.ofSeconds(1));
        assertThat(transport.sent().stream().map(sent -> sent.line().lane()))
                .containsExactly("light", "heavy", "heavy", "light", "heavy", "heavy", "light", "light");
        assertThat(calls).allMatch(CompletableFuture::isDone);
    }

    @Test
    void what_is_refused_and_what_waits_is_counted() {
        deploy(
                config(LimitKind.CAPPING, CAP.formatted(1, "")),
                config(LimitKind.THROTTLING, THROTTLING.formatted(100)));
        transport.answers(503);
        CompletableFuture<CallResult> retried = begin();
        CompletableFuture<CallResult> capped = begin();
        timer.advance(Duration.ofMillis(800));
        assertThat(retried).isCompleted();
        assertThat(capped).isCompleted();
        assertThat(meters.get("onward.limits.capped")
                        .tag("attempt", "first")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("onward.limits.capped")
                        .tag("attempt", "retry")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("onward.limits.wait")
                        .tag("limit", "throttling")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void limits_that_are_not_known_yet_are_waited_for_and_unknown_ones_send_nothing() {
        known = new CompletableFuture<>();
        transport.answers(200);
        CompletableFuture<CallResult> waits = begin();
        assertThat(transport.sent()).isEmpty();
        known.complete(limits);
        timer.advance(Duration.ofMillis(1));
        assertThat(waits.join().outcome().isSuccess()).isTrue();
        known = CompletableFuture.failedFuture(new IllegalStateException("no database"));
        assertThat(call().outcome().error().orElseThrow().code()).isEqualTo(CallErrorCode.LIMITS_UNAVAILABLE);
    }
}
