package dev.onward.call.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.LongestDelay;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final RetryPolicy POLICY = RetryPolicy.DEFAULT;

    @Test
    void the_bound_doubles_up_to_the_cap() {
        List<Duration> bounds = IntStream.range(0, 8)
                .mapToObj(retries -> BackOff.delay(POLICY, retries, new LongestDelay()))
                .toList();

        assertThat(bounds)
                .extracting(Duration::toMillis)
                .containsExactly(200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L, 5_000L);
    }

    @Test
    void a_base_above_the_cap_is_cut_to_it() {
        RetryPolicy policy = new RetryPolicy(3, RetryOn.DEFAULT, Duration.ofSeconds(9), Duration.ofSeconds(2));

        assertThat(BackOff.delay(policy, 0, new LongestDelay())).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void no_base_means_no_wait() {
        RetryPolicy policy = new RetryPolicy(3, RetryOn.DEFAULT, Duration.ZERO, Duration.ofSeconds(2));

        assertThat(BackOff.delay(policy, 5, new LongestDelay())).isEqualTo(Duration.ZERO);
    }

    /** Kolmogorov and Smirnov: of 1,000 even draws the largest gap to the line stays below 1.63/√1,000 (p = 0.01). */
    @Test
    void delays_are_spread_evenly_from_zero_to_the_bound() {
        Random random = new Random(20260301);
        int count = 1_000;
        double[] draws = IntStream.range(0, count)
                .mapToDouble(draw -> BackOff.delay(POLICY, 2, random).toNanos() / 800e6)
                .sorted()
                .toArray();

        double gap = IntStream.range(0, count)
                .mapToDouble(index -> Math.abs(draws[index] - (index + 0.5) / count))
                .max()
                .orElseThrow();

        assertThat(gap).isLessThan(1.63 / Math.sqrt(count));
    }
}
