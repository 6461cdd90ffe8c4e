package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.Timings;
import dev.onward.testsupport.FakeTimer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StopwatchTest {

    private static final Optional<Duration> NO = Optional.empty();

    private final FakeTimer timer = new FakeTimer();
    private final Stopwatch stopwatch = new Stopwatch(timer);

    @Test
    void every_phase_of_an_attempt_on_a_new_connection_has_its_own_time() {
        stopwatch.looksUp();
        pass(1);
        stopwatch.asked();
        pass(30);
        OpenConnection connection = opened(20);
        pass(4);
        stopwatch.granted(connection, false);
        pass(300);
        stopwatch.answered();
        pass(2_000);

        assertThat(stopwatch.stop())
                .isEqualTo(new Timings(ms(4), ms(1), ms(10), ms(20), ms(300), Duration.ofMillis(2_335)));
    }

    @Test
    void a_kept_connection_and_a_cached_name_cost_nothing() {
        OpenConnection connection = opened(20);
        pass(1);
        stopwatch.asked();
        pass(2);
        stopwatch.granted(connection, true);
        pass(3);
        stopwatch.answered();

        assertThat(stopwatch.stop()).isEqualTo(new Timings(ms(3), NO, NO, NO, ms(3), Duration.ofMillis(6)));
    }

    @Test
    void waiting_for_a_connection_that_another_one_opened_is_queueing() {
        stopwatch.asked();
        pass(10);
        OpenConnection connection = opened(5);
        stopwatch.granted(connection, true);

        assertThat(stopwatch.stop()).isEqualTo(new Timings(ms(10), NO, NO, NO, NO, Duration.ofMillis(10)));
    }

    @Test
    void an_unused_connection_that_was_there_before_cost_nothing() {
        OpenConnection connection = opened(5);
        pass(1);
        stopwatch.asked();
        stopwatch.granted(connection, false);

        assertThat(stopwatch.stop().connect()).isEmpty();
        assertThat(stopwatch.stop().tls()).isEmpty();
    }

    @Test
    void a_connection_in_clear_text_has_no_handshake() {
        stopwatch.asked();
        pass(10);
        stopwatch.granted(opened(0), false);

        assertThat(stopwatch.stop().connect()).isEqualTo(ms(10));
        assertThat(stopwatch.stop().tls()).isEmpty();
    }

    @Test
    void a_second_request_of_the_attempt_is_measured_from_its_own_beginning() {
        stopwatch.looksUp();
        pass(7);
        stopwatch.asked();
        stopwatch.granted(opened(0), true);
        pass(100);
        stopwatch.asked();
        pass(10);
        stopwatch.granted(opened(0), false);
        pass(5);
        stopwatch.answered();

        assertThat(stopwatch.stop()).isEqualTo(new Timings(ms(100), ms(7), ms(10), NO, ms(5), Duration.ofMillis(122)));
    }

    @Test
    void waiting_for_a_turn_to_connect_is_queueing() {
        stopwatch.looksUp();
        pass(7);
        stopwatch.asked();
        stopwatch.waits();
        pass(300);
        stopwatch.hasWaited();
        pass(10);
        stopwatch.granted(opened(0), false);

        assertThat(stopwatch.stop()).isEqualTo(new Timings(ms(300), ms(7), ms(10), NO, NO, Duration.ofMillis(317)));
    }

    @Test
    void an_attempt_that_ends_while_it_waits_for_its_turn_was_queued() {
        stopwatch.asked();
        stopwatch.waits();
        pass(300);

        assertThat(stopwatch.stop()).isEqualTo(new Timings(ms(300), NO, NO, NO, NO, Duration.ofMillis(300)));
    }

    @Test
    void an_attempt_that_ends_while_it_connects_after_its_turn_came_was_queued_before() {
        stopwatch.asked();
        stopwatch.waits();
        pass(300);
        stopwatch.hasWaited();
        pass(10);

        assertThat(stopwatch.stop()).isEqualTo(new Timings(ms(300), NO, ms(10), NO, NO, Duration.ofMillis(310)));
    }

    @Test
    void an_attempt_that_ends_while_it_looks_up_spent_its_time_on_that() {
        stopwatch.looksUp();
        pass(9);

        assertThat(stopwatch.stop()).isEqualTo(new Timings(NO, ms(9), NO, NO, NO, Duration.ofMillis(9)));
    }

    @Test
    void an_attempt_that_ends_while_it_connects_spent_the_rest_of_its_time_on_that() {
        stopwatch.looksUp();
        pass(9);
        stopwatch.asked();
        pass(2_000);

        assertThat(stopwatch.stop()).isEqualTo(new Timings(NO, ms(9), ms(2_000), NO, NO, Duration.ofMillis(2_009)));
    }

    @Test
    void an_attempt_that_ends_before_anything_has_a_total_only() {
        assertThat(stopwatch.stop()).isEqualTo(new Timings(NO, NO, NO, NO, NO, Duration.ZERO));
    }

    private OpenConnection opened(long handshakeMillis) {
        return new OpenConnection(timer.nanoTime(), Duration.ofMillis(handshakeMillis));
    }

    private void pass(long millis) {
        timer.advance(Duration.ofMillis(millis));
    }

    private static Optional<Duration> ms(long millis) {
        return Optional.of(Duration.ofMillis(millis));
    }
}
