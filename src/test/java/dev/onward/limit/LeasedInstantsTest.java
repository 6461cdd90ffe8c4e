package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.Timer;
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
    private static final long A_LITTLE = seconds(1);

    private final ServerClock clock = new ServerClock();

    @Test
    void moments_follow_one_another_whoever_takes_them() {
        SendInstants one = process();
        SendInstants other = process();
        Slice first = take(one, 1_000, 10);
        Slice second = take(other, 2_000, 10);
        Slice third = take(one, 1, 10);
        assertThat(first.spacingNanos())
                .isEqualTo(SendInstants.spacingNanos(10))
                .isEqualTo(101_000_001L);
        assertThat(second.firstNanos() - first.firstNanos())
                .isBetween(seconds(101) - A_LITTLE, seconds(101) + A_LITTLE);
        assertThat(third.firstNanos() - second.firstNanos())
                .isBetween(seconds(202) - A_LITTLE, seconds(202) + A_LITTLE);
    }

    @Test
    void what_nobody_took_is_lost() {
        SendInstants process = process();
        take(process, 1, 1_000);
        DATABASE.jdbi()
                .useHandle(handle -> handle.execute(
                        "update onward.throttle_lease set next_at = now() - interval '1 hour' where uid = ?",
                        throttling));
        long asked = System.nanoTime();
        Slice late = take(process, 100, 1);
        assertThat(late.firstNanos() - asked).isBetween(0L, A_LITTLE);
        assertThat(take(process, 1, 1).firstNanos() - late.firstNanos())
                .isBetween(seconds(101) - A_LITTLE, seconds(101) + A_LITTLE);
    }

    @Test
    void a_moment_never_comes_before_the_server_says_so() {
        long asked = System.nanoTime();
        Slice now = take(process(), 1, 1);
        assertThat(now.firstNanos() - asked).isPositive();
        assertThat(now.doubtNanos()).isBetween(0L, seconds(1));
    }

    private SendInstants process() {
        return new LeasedInstants(
                new LeasedInstants.Source(DATABASE.jdbi(), Runnable::run, new RealTimer(), clock), throttling);
    }

    /** The time that really passes. */
    private static final class RealTimer implements Timer {

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Scheduled schedule(Duration delay, Runnable work) {
            throw new UnsupportedOperationException("nothing is scheduled here");
        }
    }

    private static Slice take(SendInstants process, int count, int rate) {
        return process.take(count, rate).toCompletableFuture().join();
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
