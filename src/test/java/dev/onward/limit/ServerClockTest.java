package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ServerClockTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long OFFSET = 1_700_000_000L * SECOND;

    private final ServerClock clock = new ServerClock();

    @Test
    void what_it_tells_is_never_early_and_no_later_than_it_doubts() {
        Random random = new Random(7);
        long now = Long.MAX_VALUE - 5 * SECOND;
        for (int i = 0; i < 10_000; i++) {
            long there = random.nextInt(50_000_000);
            long back = random.nextInt(50_000_000);
            long server = now + there + OFFSET;
            ServerClock.Reading reading = clock.read(server, now, now + there + back, server + SECOND);
            long late = reading.latestNanos() - (now + there + SECOND);
            assertThat(late).isBetween(0L, reading.doubtNanos());
            now += there + back + random.nextInt(10_000_000);
        }
    }

    @Test
    void a_fast_answer_tells_more_than_the_slow_ones_after_it() {
        clock.read(OFFSET, 0, 1_000, OFFSET);
        ServerClock.Reading reading =
                clock.read(OFFSET + SECOND / 10, SECOND / 10 - 10_000_000, SECOND / 10 + 10_000_000, OFFSET);
        assertThat(reading.doubtNanos()).isLessThan(50_000);
    }

    @Test
    void a_clock_that_somebody_has_set_is_believed_anew() {
        clock.read(OFFSET, 0, 1_000, OFFSET);
        long set = OFFSET + 3_600 * SECOND;
        ServerClock.Reading reading = clock.read(set, SECOND, SECOND + 500, set);
        assertThat(reading.latestNanos()).isEqualTo(SECOND + 500);
        assertThat(reading.doubtNanos()).isEqualTo(500);
    }
}
