package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.limit.SendInstants.Slice;
import dev.onward.testsupport.TestDatabase;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LeasedInstantsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final UUID throttling = UUID.randomUUID();

    @Test
    void moments_follow_one_another_whoever_takes_them() {
        SendInstants one = process();
        SendInstants other = process();
        Slice first = take(one, 1_000, 10);
        Slice second = take(other, 2_000, 10);
        Slice third = take(one, 1, 10);
        assertThat(first.spacingNanos()).isEqualTo(100_000_000L);
        assertThat(first.delayNanos()).isLessThan(Duration.ofMillis(1).toNanos());
        assertThat(second.delayNanos()).isBetween(seconds(50), seconds(100));
        assertThat(third.delayNanos()).isBetween(seconds(250), seconds(300));
    }

    @Test
    void what_nobody_took_is_lost() {
        SendInstants process = process();
        take(process, 1, 1_000);
        DATABASE.jdbi()
                .useHandle(handle -> handle.execute(
                        "update onward.throttle_lease set next_at = now() - interval '1 hour' where uid = ?",
                        throttling));
        assertThat(take(process, 100, 1).delayNanos()).isZero();
        assertThat(take(process, 1, 1).delayNanos()).isBetween(seconds(50), seconds(100));
    }

    private SendInstants process() {
        return new LeasedInstants(DATABASE.jdbi(), throttling, Runnable::run);
    }

    private static Slice take(SendInstants process, int count, int rate) {
        return process.take(count, rate).toCompletableFuture().join();
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
