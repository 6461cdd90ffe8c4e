package dev.onward.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.onward.testsupport.Together;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

    private static final Duration TENTH = Duration.ofMillis(100);

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final TokenBuckets buckets = new TokenBuckets(10, 3, nanoTime::get);

    @Test
    void a_fresh_bucket_holds_its_burst_and_no_more() {
        assertThat(taken("a", 3)).isEqualTo(3);
        assertThat(buckets.take("a")).contains(TENTH);
    }

    @Test
    void tokens_come_back_one_by_one() {
        taken("a", 3);
        pass(TENTH.minusNanos(1));
        assertThat(buckets.take("a")).contains(Duration.ofNanos(1));
        pass(Duration.ofNanos(1));
        assertThat(buckets.take("a")).isEmpty();
        assertThat(buckets.take("a")).contains(TENTH);
    }

    @Test
    void a_refusal_costs_nothing() {
        taken("a", 3);
        for (int i = 0; i < 100; i++) {
            assertThat(buckets.take("a")).contains(TENTH);
        }
        pass(TENTH);
        assertThat(buckets.take("a")).isEmpty();
    }

    @Test
    void a_bucket_never_holds_more_than_its_burst() {
        taken("a", 3);
        pass(Duration.ofDays(400));
        assertThat(taken("a", 10)).isEqualTo(3);
    }

    @Test
    void each_key_has_its_own_bucket() {
        taken("a", 3);
        assertThat(taken("b", 10)).isEqualTo(3);
    }

    @Test
    void asking_takes_nothing() {
        assertThat(buckets.delay("a")).isEmpty();
        taken("a", 2);
        assertThat(buckets.delay("a")).isEmpty();
        taken("a", 1);
        assertThat(buckets.delay("a")).contains(TENTH);
        pass(TENTH);
        assertThat(buckets.delay("a")).isEmpty();
        assertThat(taken("a", 10)).isEqualTo(1);
    }

    @Test
    void many_threads_together_get_the_burst_once() {
        TokenBuckets large = new TokenBuckets(1, 1_000, nanoTime::get);
        AtomicInteger taken = new AtomicInteger();
        Together.run(4, thread -> {
            for (int i = 0; i < 500; i++) {
                if (large.take("a").isEmpty()) {
                    taken.incrementAndGet();
                }
            }
        });
        assertThat(taken).hasValue(1_000);
    }

    @Test
    void rates_below_one_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenBuckets(0, 1, nanoTime::get))
                .withMessageContaining("0");
        assertThatIllegalArgumentException().isThrownBy(() -> new TokenBuckets(1, 0, nanoTime::get));
    }

    private int taken(String key, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += buckets.take(key).isEmpty() ? 1 : 0;
        }
        return taken;
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }
}
