package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.Timer;
import dev.onward.testsupport.FakeTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A throttle for which more wait than it lets go, for minutes. */
class BackloggedThrottleTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int SECONDS = 180;
    private static final int LANES = 4;

    private final FakeTimer timer = new FakeTimer();
    private final LocalInstants local = new LocalInstants(timer);
    private final Random random = new Random(7);
    private final List<Long> left = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();
    private int comers;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10, 20, 50, 200})
    void gives_its_rate_when_requests_leave_soon_after_their_turns(int rate) {
        run(rate, 2_000);
        assertThat(left.size()).isGreaterThanOrEqualTo(rate * SECONDS * 98 / 100);
        assertBound(rate);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10, 20, 50})
    void loses_no_more_than_the_delay_when_requests_are_held_up(int rate) {
        run(rate, 15_000);
        assertThat(left.size()).isGreaterThanOrEqualTo(rate * SECONDS * 96 / 100);
        assertBound(rate);
    }

    private void run(int rate, int mostMicros) {
        Throttle throttle = new Throttle(new LateTimer(), rate, this::take);
        for (int i = 0; i < 4 * rate; i++) {
            queue(throttle, i % LANES, mostMicros);
        }
        timer.advance(Duration.ofSeconds(SECONDS));
        for (int lane = 0; lane < LANES; lane++) {
            int name = lane;
            assertThat(order).filteredOn(number -> number % LANES == name).isSorted();
        }
    }

    /** Another comes as soon as this one has left. */
    private void queue(Throttle throttle, int lane, int mostMicros) {
        int number = LANES * comers++ + lane;
        Turns turns = new Turns(List.of(throttle), "lane" + lane);
        turns.await(() -> after(2_000, () -> send(throttle, turns, number, mostMicros)));
    }

    private void send(Throttle throttle, Turns turns, int number, int mostMicros) {
        Runnable leave = () -> {
            left.add(timer.nanoTime());
            order.add(number);
            turns.departed();
            queue(throttle, number % LANES, mostMicros);
        };
        turns.use()
                .ifPresentOrElse(
                        wait -> wait.accept(() -> send(throttle, turns, number, mostMicros)),
                        () -> after(mostMicros, leave));
    }

    private void after(int mostMicros, Runnable work) {
        timer.schedule(Duration.ofNanos(random.nextInt(1_000 * mostMicros)), work);
    }

    /** As a database, it answers after 3 ms at most. */
    private CompletionStage<SendInstants.Slice> take(int count, int rate) {
        CompletableFuture<SendInstants.Slice> answer = new CompletableFuture<>();
        after(1_500, () -> local.take(count, rate).thenAccept(slice -> after(1_500, () -> answer.complete(slice))));
        return answer;
    }

    /** As one sees it who stands 10 ms away, more or less. */
    private void assertBound(int rate) {
        List<Long> arrived = new ArrayList<>();
        left.forEach(at -> arrived.add(at + random.nextInt(12_000_000)));
        Collections.sort(arrived);
        for (int first = 0; first + rate < arrived.size(); first++) {
            assertThat(arrived.get(first + rate) - arrived.get(first)).isGreaterThan(SECOND);
        }
    }

    /** Late by a millisecond at most. */
    private final class LateTimer implements Timer {

        @Override
        public long nanoTime() {
            return timer.nanoTime();
        }

        @Override
        public Scheduled schedule(Duration delay, Runnable work) {
            return timer.schedule(delay.plusNanos(random.nextInt(1_000_000)), work);
        }
    }
}
