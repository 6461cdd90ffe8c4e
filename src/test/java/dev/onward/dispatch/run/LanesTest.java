package dev.onward.dispatch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.dispatch.store.Lane;
import dev.onward.dispatch.store.QueueStore.Want;
import dev.onward.sandbox.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final long NOW = Duration.ofHours(-1).toNanos();

    private final Lanes lanes = new Lanes(new DispatchLimits(80, Duration.ofSeconds(15)));

    @Test
    void a_lane_that_gave_less_than_was_asked_for_is_empty_until_it_is_told_otherwise() {
        Lane lane = lane("a", 1);
        lanes.ready(lane);
        lanes.claimed(only(next(100)), 3);
        assertThat(next(100)).isEmpty();
        lanes.ready(lane);
        assertThat(next(100)).hasSize(1);
    }

    @Test
    void a_lane_that_gave_all_is_asked_again() {
        lanes.ready(lane("a", 1));
        lanes.claimed(only(next(5)), 5);
        assertThat(next(100)).hasSize(1);
    }

    @Test
    void a_call_that_comes_while_its_lane_is_claimed_is_not_overlooked() {
        Lane lane = lane("a", 1);
        lanes.ready(lane);
        Want want = only(next(100));
        lanes.ready(lane);
        lanes.claimed(want, 0);
        assertThat(next(100)).hasSize(1);
    }

    @Test
    void one_lane_has_a_quarter_of_the_process_at_most() {
        lanes.ready(lane("a", 1));
        assertThat(only(next(100)).most()).isEqualTo(20);
    }

    @Test
    void one_sandbox_has_half_of_the_process_at_most() {
        IntStream.range(0, 10).forEach(number -> lanes.ready(lane("a", number)));
        List<Want> wants = next(100);
        assertThat(wants).hasSize(10);
        assertThat(wants.stream().mapToInt(Want::most).sum()).isEqualTo(40);
    }

    @Test
    void a_sandbox_with_many_lanes_gets_no_more_than_one_with_a_single_lane() {
        IntStream.range(0, 50).forEach(number -> lanes.ready(lane("busy", number)));
        lanes.ready(lane("quiet", 1));
        List<Want> wants = next(20);
        assertThat(of("quiet", wants)).isEqualTo(10);
        assertThat(of("busy", wants)).isEqualTo(10);
    }

    @Test
    void who_was_served_goes_to_the_end() {
        lanes.ready(lane("a", 1));
        lanes.ready(lane("b", 1));
        Want first = only(next(1));
        lanes.claimed(first, 1);
        Want second = only(next(1));
        assertThat(second.lane()).isNotEqualTo(first.lane());
    }

    @Test
    void lanes_of_a_sandbox_take_turns_too() {
        lanes.ready(lane("a", 1));
        lanes.ready(lane("a", 2));
        Want first = only(next(1));
        lanes.claimed(first, 1);
        assertThat(only(next(1)).lane()).isNotEqualTo(first.lane());
    }

    @Test
    void ends_make_room_again() {
        Lane lane = lane("a", 1);
        lanes.ready(lane);
        lanes.claimed(only(next(100)), 20);
        assertThat(next(100)).isEmpty();
        lanes.ended(lane);
        assertThat(only(next(100)).most()).isEqualTo(1);
        assertThat(lanes.inFlight()).isEqualTo(19);
    }

    @Test
    void a_held_lane_is_passed_over_and_then_tried_with_a_few_calls_until_one_is_let_through() {
        Lane lane = lane("a", 1);
        lanes.ready(lane);
        lanes.hold(lane, NOW + 1_000);
        assertThat(next(100)).isEmpty();
        Want few = only(lanes.next(100, NOW + 1_000, paused -> false));
        assertThat(few.most()).isEqualTo(5);
        lanes.claimed(few, 5);
        lanes.letThrough(lane);
        assertThat(only(lanes.next(100, NOW + 1_000, paused -> false)).most()).isEqualTo(15);
    }

    @Test
    void a_paused_lane_is_passed_over_and_stays_ready() {
        Lane paused = lane("a", 1);
        lanes.ready(paused);
        assertThat(lanes.next(100, NOW, paused.host()::equals)).isEmpty();
        assertThat(next(100)).hasSize(1);
    }

    @Test
    void the_journeys_of_a_host_share_its_part_and_take_turns() {
        IntStream.range(0, 10).forEach(number -> lanes.ready(journey("j" + number)));
        List<Want> wants = next(100);
        assertThat(wants).hasSize(10).allSatisfy(want -> assertThat(want.most()).isEqualTo(2));
        wants.forEach(want -> lanes.claimed(want, want.most()));
        assertThat(next(100)).isEmpty();
        lanes.ended(journey("j9"));
        assertThat(only(next(100)).lane()).isEqualTo(journey("j0"));
    }

    @Test
    void a_host_that_is_held_holds_all_its_journeys() {
        lanes.ready(journey("a"));
        lanes.ready(journey("b"));
        lanes.hold(journey("a"), NOW + 1_000);
        assertThat(next(100)).isEmpty();
        lanes.hold(journey("a"), NOW);
        assertThat(next(100)).isEmpty();
        assertThat(lanes.next(100, NOW + 1_000, paused -> false).stream()
                        .mapToInt(Want::most)
                        .sum())
                .isEqualTo(5);
    }

    @Test
    void a_lane_begins_with_few_calls_and_gets_more_as_they_are_let_in() {
        Lanes large = new Lanes(new DispatchLimits(10_000, Duration.ofSeconds(15)));
        Lane lane = lane("a", 1);
        large.ready(lane);
        large.claimed(only(large.next(256, NOW, paused -> false)), 32);
        assertThat(large.next(256, NOW, paused -> false)).isEmpty();
        assertThat(large.admitted(lane, Duration.ZERO)).isTrue();
        assertThat(large.admitted(lane, Duration.ZERO)).isFalse();
        assertThat(only(large.next(256, NOW, paused -> false)).most()).isEqualTo(2);
    }

    @Test
    void a_lane_whose_calls_wait_long_for_their_turns_leaves_the_others_in_the_queue() {
        Lane lane = lane("a", 1);
        lanes.ready(lane);
        Want want = only(next(100));
        lanes.claimed(want, 20);
        for (int i = 0; i < 20; i++) {
            lanes.admitted(lane, Duration.ofSeconds(20));
            lanes.ended(lane);
        }
        lanes.ready(lane);
        assertThat(only(next(100)).most()).isEqualTo(2);
    }

    private List<Want> next(int most) {
        return lanes.next(most, NOW, paused -> false);
    }

    private static Want only(List<Want> wants) {
        assertThat(wants).hasSize(1);
        return wants.get(0);
    }

    private static int of(String sandbox, List<Want> wants) {
        return wants.stream()
                .filter(want -> want.lane().sandbox().name().equals(sandbox))
                .mapToInt(Want::most)
                .sum();
    }

    private static Lane lane(String sandbox, int number) {
        return new Lane(new Sandbox(sandbox), "https://provider-" + number + ".test:443", "Sms", "");
    }

    private static Lane journey(String name) {
        return new Lane(new Sandbox("a"), "https://provider.test:443", "Sms", name);
    }
}
