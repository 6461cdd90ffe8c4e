package dev.onward.call;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Calls that are sent only after it is stored that they are. */
class IntendedCallTest {

    private final FakeTimer timer = new FakeTimer();
    private final ScriptedTransport transport = new ScriptedTransport(timer);
    private final CallEngine engine =
            Engines.of(transport, timer, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), new LongestDelay());
    private final CompletableFuture<Boolean> stored = new CompletableFuture<>();

    @Test
    void nothing_is_sent_before_it_is_stored() {
        transport.answers(200);
        CompletableFuture<CallResult> call = begin();
        assertThat(transport.sent()).isEmpty();
        stored.complete(true);
        timer.advance(Duration.ZERO);
        assertThat(call.join().outcome().isSuccess()).isTrue();
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void nothing_is_sent_when_it_cannot_be_stored() {
        CompletableFuture<CallResult> call = begin();
        stored.completeExceptionally(new IllegalStateException("the lease was lost"));
        assertThat(code(call)).isEqualTo(CallErrorCode.LIMITS_UNAVAILABLE);
        assertThat(transport.sent()).isEmpty();
    }

    @Test
    void nothing_is_sent_when_it_is_paused() {
        stored.completeExceptionally(new LinePausedException());
        CompletableFuture<CallResult> call = begin();
        assertThat(code(call)).isEqualTo(CallErrorCode.PAUSED);
        assertThat(transport.sent()).isEmpty();
    }

    @Test
    void it_is_waited_for_no_longer_than_the_window() {
        CompletableFuture<CallResult> call = begin();
        timer.advance(Duration.ofSeconds(3));
        assertThat(code(call)).isEqualTo(CallErrorCode.LIMITS_UNAVAILABLE);
        stored.complete(true);
        assertThat(transport.sent()).isEmpty();
    }

    @Test
    void a_retry_needs_no_second_one() {
        stored.complete(true);
        transport.answers(503).answers(200);
        CompletableFuture<CallResult> call = begin();
        timer.advance(Duration.ofSeconds(1));
        assertThat(call.join().outcome().isSuccess()).isTrue();
        assertThat(transport.sent()).hasSize(2);
    }

    private static CallErrorCode code(CompletableFuture<CallResult> call) {
        return call.join().outcome().error().orElseThrow().code();
    }

    private CompletableFuture<CallResult> begin() {
        CallRequest request =
                Calls.to(1).window(Duration.ofSeconds(2)).in(new Intending()).build();
        return Engines.call(engine, request).toCompletableFuture();
    }

    private final class Intending implements Line {

        @Override
        public String lane() {
            return "";
        }

        @Override
        public Optional<CompletionStage<?>> intent() {
            return Optional.of(stored);
        }
    }
}
