package dev.onward.calllog.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeisureTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    private final AtomicLong accepted = new AtomicLong();
    private final AtomicBoolean filling = new AtomicBoolean();
    private final Leisure leisure = new Leisure(accepted::get, filling::get);

    @Test
    void rows_that_come_fast_may_wait() {
        assertThat(afterMoreRows(1_000, SHORT)).isTrue();
        assertThat(afterMoreRows(1_000, SHORT)).isTrue();
    }

    @Test
    void rows_that_come_slowly_may_not() {
        assertThat(afterMoreRows(999, SHORT)).isFalse();
    }

    @Test
    void what_came_before_the_last_interval_does_not_count() {
        assertThat(afterMoreRows(50_000, SHORT)).isTrue();
        assertThat(afterMoreRows(0, SHORT)).isFalse();
    }

    @Test
    void nothing_waits_for_more_than_ten_seconds() {
        assertThat(afterMoreRows(1_000, Duration.ofMillis(9_999))).isTrue();
        assertThat(afterMoreRows(1_000, Duration.ofSeconds(10))).isFalse();
    }

    @Test
    void nothing_waits_while_the_spool_fills() {
        filling.set(true);

        assertThat(afterMoreRows(1_000, SHORT)).isFalse();
    }

    private boolean afterMoreRows(long rows, Duration waited) {
        accepted.addAndGet(rows);
        return leisure.test(waited);
    }
}
