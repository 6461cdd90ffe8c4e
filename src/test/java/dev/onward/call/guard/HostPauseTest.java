package dev.onward.call.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPauseTest {

    private final HostPause pause = new HostPause();

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE, Long.MIN_VALUE})
    void nobody_asked_for_one(long now) {
        assertThat(pause.remaining(now)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5_000_000_000L, Long.MAX_VALUE - 1})
    void it_lasts_as_long_as_was_asked(long now) {
        pause.ask(Duration.ofSeconds(7), now);

        assertThat(pause.remaining(now)).isEqualTo(Duration.ofSeconds(7));
        assertThat(pause.remaining(now + Duration.ofSeconds(7).toNanos() - 1)).isEqualTo(Duration.ofNanos(1));
        assertThat(pause.remaining(now + Duration.ofSeconds(7).toNanos())).isZero();
        assertThat(pause.remaining(now + Duration.ofDays(1).toNanos())).isZero();
    }

    @Test
    void it_lasts_no_longer_than_ten_minutes() {
        pause.ask(Duration.ofDays(365), 0);

        assertThat(pause.remaining(0)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void a_shorter_one_does_not_cut_it_and_a_longer_one_lengthens_it() {
        pause.ask(Duration.ofSeconds(7), 0);
        pause.ask(Duration.ofSeconds(3), 0);
        assertThat(pause.remaining(0)).isEqualTo(Duration.ofSeconds(7));

        pause.ask(Duration.ofSeconds(9), 0);
        assertThat(pause.remaining(0)).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void a_wait_of_nothing_is_no_pause() {
        pause.ask(Duration.ZERO, 5);

        assertThat(pause.remaining(5)).isZero();
    }
}
