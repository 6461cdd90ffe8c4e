package dev.onward.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.Calls;
import dev.onward.testsupport.Engines;
import dev.onward.testsupport.FakeTimer;
import dev.onward.testsupport.ScriptedTransport;
import dev.onward.testsupport.TestCredentials;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Calls that wait for their admission, and for their turn. */
class AwaitedTurnTest {

    private final FakeTimer timer = new FakeTimer();
    private final ScriptedTransport transport = new ScriptedTransport(timer);
    private final Turns turns = new Turns();
    private final CallEngine engine =
            Engines.admitting(turns, transport, timer, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), 10);
    private final Calls calls = Calls.to(80).window(Duration.ofSeconds(5));

    @Test
    void a_call_is_sent_when_its_turn_has_come() {
        transport.answers(200);
        CompletableFuture<CallResult> call = begin(calls);
        timer.advance(Duration.ofSeconds(4));
        assertThat(transport.sent()).isEmpty();
        turns.come();
        timer.advance(Duration.ZERO);
        assertThat(call.join().outcome().isSuccess()).isTrue();
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void the_wait_for_its_turn_stands_in_its_first_attempt() {
        transport.answers(503).answers(200);
        CompletableFuture<CallResult> call = begin(calls);
        timer.advance(Duration.ofSeconds(3));
        turns.come();
        timer.advance(Duration.ofSeconds(1));
        assertThat(call.join().attempts())
                .extracting(attempt -> attempt.timings().queued())
                .containsExactly(Optional.of(Duration.ofSeconds(3)), Optional.empty());
    }

    @Test
    void a_call_whose_turn_does_not_come_in_its_window_is_not_sent() {
        CompletableFuture<CallResult> call = begin(calls);
        timer.advance(Duration.ofSeconds(5));
        assertThat(call.join().outcome().joStatusCode()).isEqualTo("timedout");
        assertThat(turns.left).isEqualTo(1);
        turns.come();
        timer.advance(Duration.ofSeconds(5));
        assertThat(transport.sent()).isEmpty();
    }

    @Test
    void a_call_that_fetches_its_token_lets_others_pass() {
        transport.ends(Duration.ofSeconds(1), ScriptedTransport.answered(503)).hangs();
        start(calls.credential(TestCredentials.token()));
        assertThat(turns.waiting).isEqualTo(1);
    }

    @Test
    void a_call_with_all_that_it_needs_lets_nobody_pass() {
        start(calls);
        assertThat(turns.turn).isPresent();
        assertThat(turns.waiting).isZero();
    }

    @Test
    void the_line_hears_how_long_the_admission_took() {
        turns.delay = Duration.ofSeconds(2);
        List<Duration> heard = new ArrayList<>();
        start(calls.in(new Hearing(heard)));
        timer.advance(Duration.ofSeconds(2));
        assertThat(heard).containsExactly(Duration.ofSeconds(2));
    }

    private void start(Calls call) {
        Engines.call(engine, call.build());
    }

    private CompletableFuture<CallResult> begin(Calls call) {
        return Engines.call(engine, call.build()).toCompletableFuture();
    }

    /** Admits calls after a delay, and sends them when they are told to come. */
    private final class Turns implements Admission, Admission.Pass {

        private Duration delay = Duration.ZERO;
        private Optional<Runnable> turn = Optional.empty();
        private boolean came;
        private int waiting;
        private int left;

        private void come() {
            came = true;
            turn.orElseThrow().run();
        }

        @Override
        public void admit(CallRequest request, Consumer<Pass> admitted, Consumer<Outcome> refused) {
            if (delay.isZero()) {
                admitted.accept(this);
            } else {
                timer.schedule(delay, () -> admitted.accept(this));
            }
        }

        @Override
        public Permit beforeAttempt(Duration remaining) {
            return came ? new Permit.Go() : new Permit.Await(mine -> turn = Optional.of(mine));
        }

        @Override
        public void waits() {
            waiting++;
        }

        @Override
        public void afterAttempt(AttemptEnd end) {}

        @Override
        public boolean tryRetry() {
            return true;
        }

        @Override
        public void leave() {
            left++;
        }
    }

    private record Hearing(List<Duration> heard) implements Line {

        @Override
        public String lane() {
            return "";
        }

        @Override
        public void admitted(Duration waited) {
            heard.add(waited);
        }
    }
}
