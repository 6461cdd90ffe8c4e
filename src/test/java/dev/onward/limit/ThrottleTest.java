package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.FakeTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final FakeTimer timer = new FakeTimer();
    private final List<String> went = new ArrayList<>();
    private final List<Long> wentAt = new ArrayList<>();

    @Test
    void turns_come_evenly_spaced_in_the_order_of_their_coming() {
        Throttle throttle = new Throttle(timer, 10);
        for (int i = 0; i < 30; i++) {
            await(throttle, "", "c" + i);
        }
        assertThat(went).containsExactly("c0");
        timer.advance(Duration.ofSeconds(1));
        assertThat(went).hasSizeBetween(10, 11);
        timer.advance(Duration.ofSeconds(3));
        assertThat(went).hasSize(30).startsWith("c0", "c1", "c2").endsWith("c28", "c29");
        assertThat(throttle.waiting()).isZero();
        assertNeverMoreThan(10);
    }

    @Test
    void nothing_is_saved_up_while_nobody_comes() {
        Throttle throttle = new Throttle(timer, 100);
        timer.advance(Duration.ofHours(1));
        for (int i = 0; i < 300; i++) {
            await(throttle, "", "c");
        }
        assertThat(went).hasSizeLessThanOrEqualTo(3);
        timer.advance(Duration.ofSeconds(4));
        assertThat(went).hasSize(300);
        assertNeverMoreThan(100);
    }

    @Test
    void a_high_rate_is_held_on_average_although_timers_are_coarse() {
        Throttle throttle = new Throttle(timer, 3_000);
        for (int i = 0; i < 6_000; i++) {
            await(throttle, "", "c");
        }
        timer.advance(Duration.ofSeconds(2));
        assertThat(went).hasSizeGreaterThan(5_900);
        assertNeverMoreThan(3_000);
    }

    @Test
    void a_busy_lane_starves_nobody() {
        Throttle throttle = new Throttle(timer, 10);
        for (int i = 0; i < 1_000; i++) {
            await(throttle, "busy", "busy");
        }
        for (int lane = 0; lane < 9; lane++) {
            await(throttle, "j" + lane, "j" + lane);
        }
        timer.advance(Duration.ofMillis(1_050));
        assertThat(went).contains("j0", "j4", "j8");
    }

    @Test
    void a_turn_that_was_taken_back_does_not_come() {
        Throttle throttle = new Throttle(timer, 1);
        await(throttle, "", "first");
        Throttle.Turn second = await(throttle, "", "second");
        await(throttle, "", "third");
        assertThat(throttle.cancel(second)).isTrue();
        assertThat(throttle.cancel(second)).isFalse();
        timer.advance(Duration.ofMillis(1_100));
        assertThat(went).containsExactly("first", "third");
    }

    @Test
    void another_pace_counts_for_those_who_wait_already() {
        Throttle throttle = new Throttle(timer, 1);
        for (int i = 0; i < 50; i++) {
            await(throttle, "", "c");
        }
        timer.advance(Duration.ofMillis(1_001));
        throttle.pace(100);
        timer.advance(Duration.ofMillis(1_600));
        assertThat(went).hasSize(50);
    }

    @Test
    void what_was_held_up_behind_its_turn_does_not_go_in_a_burst() {
        Throttle throttle = new Throttle(timer, 10);
        for (int i = 0; i < 20; i++) {
            await(throttle, "", "c");
        }
        timer.advance(Duration.ofSeconds(3));
        int atOnce = 0;
        while (throttle.send(false).isZero()) {
            atOnce++;
        }
        assertThat(atOnce).isEqualTo(10);
        timer.advance(throttle.send(false));
        assertThat(throttle.send(false)).isZero();
    }

    @Test
    void a_retry_takes_a_place_of_the_pace() {
        Throttle throttle = new Throttle(timer, 2);
        assertThat(throttle.send(true)).isZero();
        assertThat(throttle.send(true)).isZero();
        await(throttle, "", "c");
        assertThat(went).isEmpty();
        timer.advance(Duration.ofMillis(1_100));
        assertThat(went).containsExactly("c");
    }

    @Test
    void it_tells_how_many_wait_and_how_long() {
        Throttle throttle = new Throttle(timer, 1);
        await(throttle, "", "a");
        await(throttle, "", "b");
        timer.advance(Duration.ofMillis(300));
        await(throttle, "other", "c");
        assertThat(throttle.waiting()).isEqualTo(2);
        assertThat(throttle.oldestAge()).isEqualTo(Duration.ofMillis(300).toNanos());
    }

    private Throttle.Turn await(Throttle throttle, String lane, String name) {
        return throttle.await(lane, () -> {
            went.add(name);
            wentAt.add(timer.nanoTime());
        });
    }

    private void assertNeverMoreThan(int rate) {
        for (int first = 0; first + rate < wentAt.size(); first++) {
            assertThat(wentAt.get(first + rate) - wentAt.get(first)).isGreaterThan(1_000_000_000L);
        }
    }
}
