package dev.onward.call.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingWindowTest {

    private static final long SECOND = 1_000_000_000;

    private final SlidingWindow window = new SlidingWindow();

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 7 * SECOND + 5, -123_456_789_012L, Long.MAX_VALUE / 2})
    void it_counts_whatever_the_origin_of_time(long origin) {
        window.add(true, origin);
        window.add(false, origin);
        window.add(true, origin + 3 * SECOND);

        assertThat(window.attempts()).isEqualTo(3);
        assertThat(window.failures()).isEqualTo(2);
    }

    @Test
    void what_is_ten_seconds_old_is_forgotten_second_by_second() {
        window.add(true, 0);
        window.add(true, SECOND - 1);
        window.add(false, SECOND);

        window.add(false, 10 * SECOND - 1);
        assertThat(window.attempts()).isEqualTo(4);
        assertThat(window.failures()).isEqualTo(2);

        window.add(false, 10 * SECOND);
        assertThat(window.attempts()).isEqualTo(3);
        assertThat(window.failures()).isZero();

        window.add(true, 11 * SECOND);
        assertThat(window.attempts()).isEqualTo(3);
        assertThat(window.failures()).isEqualTo(1);
    }

    @Test
    void a_long_silence_forgets_everything() {
        for (int second = 0; second < 10; second++) {
            window.add(true, second * SECOND);
        }
        assertThat(window.attempts()).isEqualTo(10);

        window.add(false, 19 * SECOND);
        assertThat(window.attempts()).isEqualTo(1);
        assertThat(window.failures()).isZero();

        window.add(true, 3_600 * SECOND);
        assertThat(window.attempts()).isEqualTo(1);
        assertThat(window.failures()).isEqualTo(1);
    }

    @Test
    void cleared_it_is_as_new() {
        window.add(true, 5 * SECOND);
        window.clear();

        assertThat(window.attempts()).isZero();
        assertThat(window.failures()).isZero();
        window.add(false, 5 * SECOND);
        window.add(false, 15 * SECOND);
        assertThat(window.attempts()).isEqualTo(1);
        assertThat(window.failures()).isZero();
    }
}
