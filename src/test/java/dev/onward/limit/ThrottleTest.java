package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.FakeTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final FakeTimer timer = new FakeTimer();
    private final LocalInstants instants = new LocalInstants(timer);
    private final List<String> went = new ArrayList<>();
    private final List<Long> wentAt = new ArrayList<>();

    @Test
    void turns_come_evenly_spaced_in_the_order_of_their_coming() {
        Throttle throttle = new Throttle(timer, 10, instants);
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
        Throttle throttle = new Throttle(timer, 100, instants);
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
        Throttle throttle = new Throttle(timer, 3_000, instants);
        for (int i = 0; i < 6_000; i++) {
            await(throttle, "", "c");
        }
        timer.advance(Duration.ofSeconds(2));
        assertThat(went).hasSizeGreaterThan(5_900);
        assertNeverMoreThan(3_000);
    }

    @Test
    void a_busy_lane_starves_nobody() {
        Throttle throttle = new Throttle(timer, 10, instants);
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
    void a_lane_has_as_many_turns_in_a_row_as_its_weight_says() {
        Throttle throttle = new Throttle(timer, 100, instants);
        throttle.pace(100, Map.of("heavy", 3, "empty", 7));
        for (int i = 0; i < 7; i++) {
            await(throttle, "light", "light");
            await(throttle, "heavy", "heavy");
        }
        timer.advance(Duration.ofSeconds(1));
        assertThat(String.join(" ", went))
                .isEqualTo("light heavy heavy heavy light heavy heavy heavy light heavy light light light light");
    }

    @Test
    void a_turn_that_was_taken_back_does_not_come() {
        Throttle throttle = new Throttle(timer, 1, instants);
        await(throttle, "", "first");
        Turn second = await(throttle, "", "second");
        await(throttle, "", "third");
        assertThat(throttle.cancel(second)).isTrue();
        assertThat(throttle.cancel(second)).isFalse();
        timer.advance(Duration.ofMillis(1_100));
        assertThat(went).containsExactly("first", "third");
    }

    @Test
    void another_pace_counts_for_those_who_wait_already() {
        Throttle throttle = new Throttle(timer, 1, instants);
        for (int i = 0; i < 50; i++) {
            await(throttle, "", "c");
        }
        timer.advance(Duration.ofMillis(1_001));
        throttle.pace(100, Map.of());
        throttle.serve();
        timer.advance(Duration.ofMillis(1_600));
        assertThat(went).hasSize(50);
    }

    @Test
    void a_turn_that_is_not_used_at_once_is_lost() {
        Throttle throttle = new Throttle(timer, 10, instants);
        Turn prompt = awaitAlone(throttle, "", "prompt");
        Turn late = awaitAlone(throttle, "", "late");
        assertThat(throttle.use(prompt)).isEqualTo(Throttle.Use.GRANTED);
        timer.advance(Duration.ofMillis(105));
        assertThat(went).contains("late");
        timer.advance(Duration.ofMillis(30));
        assertThat(throttle.use(late)).isEqualTo(Throttle.Use.LOST);
        assertThat(throttle.used()).isEqualTo(1);
    }

    @Test
    void what_was_held_up_after_its_turn_counts_from_when_it_is_sent() {
        Throttle throttle = new Throttle(timer, 1, instants);
        Turn heldUp = awaitAlone(throttle, "", "held up");
        Turn next = awaitAlone(throttle, "", "next");
        assertThat(throttle.use(heldUp)).isEqualTo(Throttle.Use.GRANTED);
        timer.advance(Duration.ofMillis(900));
        throttle.departed(heldUp);
        timer.advance(Duration.ofMillis(1_012));
        assertThat(went).containsExactly("held up");
        timer.advance(Duration.ofMillis(2));
        assertThat(went).containsExactly("held up", "next");
        assertThat(throttle.use(next)).isEqualTo(Throttle.Use.GRANTED);
    }

    @Test
    void what_was_not_sent_at_last_makes_room_at_once_for_those_who_wait() {
        Throttle throttle = new Throttle(timer, 1, instants);
        Turn unreachable = awaitAlone(throttle, "", "unreachable");
        awaitAlone(throttle, "", "next");
        assertThat(throttle.use(unreachable)).isEqualTo(Throttle.Use.GRANTED);
        timer.advance(Duration.ofSeconds(9));
        assertThat(went).containsExactly("unreachable");
        throttle.givenUp(unreachable);
        timer.advance(Duration.ofMillis(5));
        assertThat(went).containsExactly("unreachable", "next");
    }

    @Test
    void a_late_turn_may_be_used_at_a_distance_where_several_are_needed() {
        Throttle throttle = new Throttle(timer, 10, instants);
        Turn first = await(throttle, "", "first");
        Turn second = await(throttle, "", "second");
        timer.advance(Duration.ofMillis(500));
        assertThat(throttle.use(first)).isEqualTo(Throttle.Use.GRANTED);
        assertThat(throttle.use(second)).isEqualTo(Throttle.Use.LOST);
        timer.advance(Duration.ofMillis(102));
        assertThat(throttle.use(second)).isEqualTo(Throttle.Use.GRANTED);
    }

    @Test
    void who_had_a_turn_before_comes_first_in_its_lane() {
        Throttle throttle = new Throttle(timer, 10, instants);
        Turn a = await(throttle, "", "a");
        await(throttle, "", "b");
        await(throttle, "", "c");
        throttle.queue(a.again(() -> went.add("a again")));
        timer.advance(Duration.ofMillis(400));
        assertThat(went).containsExactly("a", "a again", "b", "c");
    }

    @Test
    void those_who_lost_their_turns_wait_again_in_their_order() {
        Throttle throttle = new Throttle(timer, 10, instants);
        Turn a = await(throttle, "", "a");
        Turn b = await(throttle, "", "b");
        await(throttle, "", "c");
        timer.advance(Duration.ofMillis(150));
        assertThat(went).containsExactly("a", "b");
        throttle.queue(a.again(() -> went.add("a again")));
        throttle.queue(b.again(() -> went.add("b again")));
        timer.advance(Duration.ofMillis(400));
        assertThat(went).containsExactly("a", "b", "a again", "b again", "c");
    }

    @Test
    void a_turn_is_lost_when_one_of_its_lane_that_came_before_waits_again() {
        Throttle throttle = new Throttle(timer, 100, instants);
        Turn a = awaitAlone(throttle, "", "a");
        Turn b = awaitAlone(throttle, "", "b");
        Turn other = awaitAlone(throttle, "other", "other");
        timer.advance(Duration.ofMillis(11));
        assertThat(went).containsExactly("a", "b");
        throttle.queue(a.again(() -> went.add("a again")));
        assertThat(throttle.use(b)).isEqualTo(Throttle.Use.LOST);
        timer.advance(Duration.ofMillis(10));
        assertThat(went).containsExactly("a", "b", "other");
        assertThat(throttle.use(other)).isEqualTo(Throttle.Use.GRANTED);
    }

    @Test
    void what_came_later_waits_until_what_came_before_has_left() {
        Throttle throttle = new Throttle(timer, 200, instants);
        Turn a = awaitAlone(throttle, "", "a");
        Turn b = awaitAlone(throttle, "", "b");
        Turn c = awaitAlone(throttle, "", "c");
        timer.advance(Duration.ofMillis(11));
        sendBehind(throttle, c, "c");
        sendBehind(throttle, b, "b");
        assertThat(throttle.use(a)).isEqualTo(Throttle.Use.GRANTED);
        assertThat(went).containsExactly("a", "b", "c");
        throttle.departed(a);
        assertThat(went).containsExactly("a", "b", "c", "b left", "c left");
    }

    @Test
    void what_takes_long_to_leave_is_passed() {
        Throttle throttle = new Throttle(timer, 100, instants);
        Turn slow = awaitAlone(throttle, "", "slow");
        Turn next = awaitAlone(throttle, "", "next");
        assertThat(throttle.use(slow)).isEqualTo(Throttle.Use.GRANTED);
        timer.advance(Duration.ofMillis(11));
        assertThat(throttle.use(next)).isEqualTo(Throttle.Use.BEHIND);
        throttle.after(next, () -> went.add("goes on"));
        timer.advance(Duration.ofMillis(101));
        assertThat(went).containsExactly("slow", "next", "goes on");
        assertThat(throttle.use(next)).isEqualTo(Throttle.Use.LOST);
        Turn again = next.again(() -> went.add("again"));
        throttle.queue(again);
        timer.advance(Duration.ofMillis(11));
        assertThat(throttle.use(again)).isEqualTo(Throttle.Use.GRANTED);
    }

    @Test
    void who_lost_a_turn_and_does_not_come_for_another_holds_its_lane_until_it_is_dropped() {
        Throttle throttle = new Throttle(timer, 100, instants);
        Turn lost = awaitAlone(throttle, "", "lost");
        awaitAlone(throttle, "other", "other");
        timer.advance(Duration.ofMillis(50));
        awaitAlone(throttle, "", "next");
        timer.advance(Duration.ofMillis(100));
        assertThat(went).containsExactly("lost", "other");
        assertThat(throttle.waiting()).isOne();
        throttle.drop(lost);
        timer.advance(Duration.ofMillis(1));
        assertThat(went).containsExactly("lost", "other", "next");
    }

    @Test
    void a_lane_is_held_for_a_second_at_most() {
        Throttle throttle = new Throttle(timer, 100, instants);
        awaitAlone(throttle, "", "stuck");
        timer.advance(Duration.ofMillis(50));
        awaitAlone(throttle, "", "next");
        timer.advance(Duration.ofMillis(900));
        assertThat(went).containsExactly("stuck");
        timer.advance(Duration.ofMillis(300));
        assertThat(went).containsExactly("stuck", "next");
    }

    @Test
    void what_is_taken_back_before_it_is_queued_leaves_nothing_behind() {
        Throttle throttle = new Throttle(timer, 100, instants);
        Turn ghost = new Turn("", true, () -> went.add("ghost"));
        assertThat(throttle.cancel(ghost)).isTrue();
        throttle.queue(ghost);
        assertThat(throttle.waiting()).isZero();
        awaitAlone(throttle, "", "next");
        timer.advance(Duration.ofMillis(50));
        assertThat(went).containsExactly("next");
    }

    @Test
    void what_did_not_use_its_turn_did_not_leave() {
        Throttle throttle = new Throttle(timer, 100, instants);
        Turn unused = awaitAlone(throttle, "", "unused");
        throttle.departed(unused);
        assertThat(throttle.used()).isZero();
    }

    private void sendBehind(Throttle throttle, Turn turn, String name) {
        assertThat(throttle.use(turn)).isEqualTo(Throttle.Use.BEHIND);
        throttle.after(turn, () -> {
            assertThat(throttle.use(turn)).isEqualTo(Throttle.Use.GRANTED);
            went.add(name + " left");
            throttle.departed(turn);
        });
    }

    @Test
    void no_more_moments_are_taken_than_are_waited_for() {
        Throttle throttle = new Throttle(timer, 100, instants);
        for (int i = 0; i < 7; i++) {
            await(throttle, "", "c");
            timer.advance(Duration.ofMillis(50));
        }
        assertThat(instants.taken()).isEqualTo(7);
    }

    @Test
    void two_processes_share_the_moments() {
        Throttle one = new Throttle(timer, 100, instants);
        Throttle other = new Throttle(timer, 100, instants);
        for (int i = 0; i < 300; i++) {
            await(one, "", "one");
            await(other, "", "other");
        }
        timer.advance(Duration.ofSeconds(3));
        assertThat(went).hasSizeBetween(280, 301).contains("one", "other");
        assertNeverMoreThan(101);
    }

    @Test
    void who_gets_no_moments_asks_again() {
        instants.down(true);
        Throttle throttle = new Throttle(timer, 100, instants);
        await(throttle, "", "c");
        timer.advance(Duration.ofSeconds(1));
        assertThat(went).isEmpty();
        instants.down(false);
        timer.advance(Duration.ofMillis(200));
        assertThat(went).containsExactly("c");
    }

    @Test
    void it_tells_how_many_wait_and_how_long() {
        Throttle throttle = new Throttle(timer, 1, instants);
        await(throttle, "", "a");
        await(throttle, "", "b");
        timer.advance(Duration.ofMillis(300));
        await(throttle, "other", "c");
        assertThat(throttle.waiting()).isEqualTo(2);
        assertThat(throttle.oldestAge()).isEqualTo(Duration.ofMillis(300).toNanos());
    }

    private Turn await(Throttle throttle, String lane, String name) {
        return await(throttle, lane, false, name);
    }

    /** One whose call needs no other turn. */
    private Turn awaitAlone(Throttle throttle, String lane, String name) {
        return await(throttle, lane, true, name);
    }

    private Turn await(Throttle throttle, String lane, boolean isAlone, String name) {
        Turn turn = new Turn(lane, isAlone, () -> {
            went.add(name);
            wentAt.add(timer.nanoTime());
        });
        throttle.queue(turn);
        return turn;
    }

    private void assertNeverMoreThan(int rate) {
        for (int first = 0; first + rate < wentAt.size(); first++) {
            assertThat(wentAt.get(first + rate) - wentAt.get(first)).isGreaterThan(1_000_000_000L);
        }
    }
}
