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
    private static final long A_LITTLE = millis(500);

    private final ServerClock clock = new ServerClock();

    @Test
    void moments_follow_one_another() {
        SendInstants process = process();
        Slice first = take(process, 500, 10);
        Slice second = take(process, 1, 10);
        assertThat(first.spacingNanos()).isEqualTo(SendInstants.spacingNanos(10));
        assertThat(second.firstNanos() - first.firstNanos())
                .isBetween(millis(50_800) - A_LITTLE, millis(50_800) + A_LITTLE);
    }

    @Test
    void whoever_takes_them_and_wider_apart_once_several_do() {
        SendInstants one = process();
        SendInstants other = process();
        Slice alone = take(one, 500, 10);
        Slice joining = take(other, 500, 10);
        Slice shared = take(one, 1, 10);
        assertThat(joining.spacingNanos()).isEqualTo(SendInstants.sharedSpacingNanos(10));
        assertThat(shared.spacingNanos()).isEqualTo(SendInstants.sharedSpacingNanos(10));
        assertThat(joining.firstNanos() - alone.firstNanos())
                .isBetween(millis(50_820) - A_LITTLE, millis(50_820) + A_LITTLE);
        assertThat(shared.firstNanos() - joining.firstNanos())
                .isBetween(millis(51_000) - A_LITTLE, millis(51_000) + A_LITTLE);
    }

    @Test
    void who_is_alone_again_has_them_to_itself_after_a_while() {
        SendInstants one = process();
        take(one, 1, 10);
        take(process(), 1, 10);
        DATABASE.jdbi()
                .useHandle(handle -> handle.execute(
                        "update onward.throttle_lease set shared_until = now() where uid = ?", throttling));
        take(one, 1, 10);
        DATABASE.jdbi()
                .useHandle(handle -> handle.execute(
                        "update onward.throttle_lease set shared_until = now() where uid = ?", throttling));
        assertThat(take(one, 1, 10).spacingNanos()).isEqualTo(SendInstants.spacingNanos(10));
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
                .isBetween(millis(101_600) - A_LITTLE, millis(101_600) + A_LITTLE);
    }

    @Test
    void a_clock_that_is_set_back_holds_nobody_up_for_long() {
        SendInstants process = process();
        take(process, 1, 10);
        DATABASE.jdbi()
                .useHandle(handle -> handle.execute(
                        "update onward.throttle_lease set next_at = now() + interval '1 hour' where uid = ?",
                        throttling));
        long asked = System.nanoTime();
        assertThat(take(process, 1, 10).firstNanos() - asked).isBetween(0L, millis(120_000) + A_LITTLE);
    }

    @Test
    void a_moment_never_comes_before_the_server_says_so() {
        long asked = System.nanoTime();
        Slice now = take(process(), 1, 1);
        assertThat(now.firstNanos() - asked).isPositive();
        assertThat(now.doubtNanos()).isBetween(0L, millis(1_000));
    }

    private SendInstants process() {
        return new LeasedInstants(
                new LeasedInstants.Source(UUID.randomUUID(), DATABASE.jdbi(), Runnable::run, new RealTimer(), clock),
                throttling);
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

    private static long millis(long count) {
        return Duration.ofMillis(count).toNanos();
    }
}
