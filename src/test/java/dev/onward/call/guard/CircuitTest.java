package dev.onward.call.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.guard.Circuit.Change;
import dev.onward.testsupport.FixedShare;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private Circuit circuit = new Circuit(new FixedShare(0.5));
    private long now = Duration.ofHours(-1).toNanos();

    @Test
    void nineteen_failures_do_not_open_it_and_the_twentieth_does() {
        for (int i = 0; i < 19; i++) {
            assertThat(attempt(Verdict.BAD)).isEqualTo(Change.NONE);
        }
        assertThat(circuit.isClosed()).isTrue();
        assertThat(circuit.refusal(now)).isEmpty();

        assertThat(attempt(Verdict.BAD)).isEqualTo(Change.OPENED);
        assertThat(circuit.isClosed()).isFalse();
        assertThat(circuit.refusal(now)).contains(Duration.ofSeconds(5));
    }

    @Test
    void half_of_the_attempts_must_fail() {
        attempts(11, Verdict.GOOD);
        attempts(10, Verdict.BAD);
        assertThat(circuit.isClosed()).isTrue();

        assertThat(attempt(Verdict.BAD)).isEqualTo(Change.OPENED);
    }

    @Test
    void what_says_nothing_of_the_host_does_not_count() {
        attempts(19, Verdict.BAD);

        for (int i = 0; i < 100; i++) {
            assertThat(attempt(Verdict.NONE)).isEqualTo(Change.NONE);
        }

        assertThat(circuit.isClosed()).isTrue();
        assertThat(attempt(Verdict.BAD)).isEqualTo(Change.OPENED);
    }

    @Test
    void failures_of_more_than_ten_seconds_ago_are_forgotten() {
        attempts(19, Verdict.BAD);
        pass(Duration.ofSeconds(11));

        attempts(19, Verdict.BAD);
        assertThat(circuit.isClosed()).isTrue();
    }

    @Test
    void open_it_lets_nothing_through_until_its_time_is_over() {
        open();
        pass(Duration.ofSeconds(5).minusNanos(1));
        assertThat(circuit.refusal(now)).contains(Duration.ofNanos(1));

        pass(Duration.ofNanos(1));
        assertThat(circuit.refusal(now)).isEmpty();
        assertThat(circuit.isClosed()).isFalse();
    }

    @Test
    void half_open_it_lets_five_through_at_a_time() {
        open();
        pass(Duration.ofSeconds(5));
        List<Integer> probes = begin(5);
        assertThat(circuit.refusal(now)).contains(Duration.ZERO);

        circuit.end(probes.get(0), Verdict.GOOD, now);
        assertThat(circuit.refusal(now)).isEmpty();
        circuit.begin();
        assertThat(circuit.refusal(now)).contains(Duration.ZERO);
    }

    @Test
    void four_good_probes_close_it() {
        open();
        pass(Duration.ofSeconds(5));
        for (int i = 0; i < 3; i++) {
            assertThat(attempt(Verdict.GOOD)).isEqualTo(Change.NONE);
        }
        assertThat(circuit.isClosed()).isFalse();

        assertThat(attempt(Verdict.GOOD)).isEqualTo(Change.CLOSED);
        assertThat(circuit.isClosed()).isTrue();
        begin(100);
        assertThat(circuit.refusal(now)).isEmpty();
    }

    @Test
    void a_probe_that_says_nothing_only_gives_its_place_to_another() {
        open();
        pass(Duration.ofSeconds(5));
        List<Integer> probes = begin(5);

        assertThat(circuit.end(probes.get(0), Verdict.NONE, now)).isEqualTo(Change.NONE);

        assertThat(circuit.refusal(now)).isEmpty();
        attempts(3, Verdict.GOOD);
        assertThat(circuit.isClosed()).isFalse();
    }

    @Test
    void one_bad_probe_opens_it_again_for_twice_as_long() {
        open();
        pass(Duration.ofSeconds(5));
        attempts(3, Verdict.GOOD);

        assertThat(attempt(Verdict.BAD)).isEqualTo(Change.NONE);

        assertThat(circuit.refusal(now)).contains(Duration.ofSeconds(10));
        pass(Duration.ofSeconds(10));
        attempts(3, Verdict.GOOD);
        assertThat(circuit.isClosed()).isFalse();
    }

    @Test
    void breaks_double_up_to_five_minutes() {
        open();
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Duration length = circuit.refusal(now).orElseThrow();
            seconds.add(length.toSeconds());
            pass(length);
            attempt(Verdict.BAD);
        }
        assertThat(seconds).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
    }

    @Test
    void closing_begins_the_doubling_anew_and_forgets_the_failures() {
        open();
        pass(Duration.ofSeconds(5));
        attempt(Verdict.BAD);
        pass(Duration.ofSeconds(10));
        attempts(4, Verdict.GOOD);

        attempts(19, Verdict.BAD);
        assertThat(circuit.isClosed()).isTrue();
        assertThat(attempt(Verdict.BAD)).isEqualTo(Change.OPENED);
        assertThat(circuit.refusal(now)).contains(Duration.ofSeconds(5));
    }

    @Test
    void failures_from_before_a_short_break_are_forgotten_too() {
        circuit = new Circuit(new FixedShare(0));
        open();
        pass(Duration.ofSeconds(4));
        attempts(4, Verdict.GOOD);

        attempts(19, Verdict.BAD);

        assertThat(circuit.isClosed()).isTrue();
    }

    @Test
    void a_break_is_up_to_a_fifth_shorter_or_longer() {
        assertThat(firstBreak(0)).contains(Duration.ofSeconds(4));
        assertThat(firstBreak(1)).contains(Duration.ofSeconds(6));
    }

    @Test
    void what_began_before_it_opened_says_nothing_of_the_probes() {
        List<Integer> early = begin(10);
        open();
        assertThat(circuit.end(early.get(0), Verdict.BAD, now)).isEqualTo(Change.NONE);
        assertThat(circuit.refusal(now)).contains(Duration.ofSeconds(5));

        pass(Duration.ofSeconds(5));
        int probe = circuit.begin();
        early.subList(1, 9).forEach(begun -> circuit.end(begun, Verdict.GOOD, now));
        assertThat(circuit.isClosed()).isFalse();
        assertThat(circuit.end(early.get(9), Verdict.BAD, now)).isEqualTo(Change.NONE);
        assertThat(circuit.refusal(now)).isEmpty();
        circuit.end(probe, Verdict.BAD, now);
        assertThat(circuit.refusal(now)).contains(Duration.ofSeconds(10));
    }

    private Optional<Duration> firstBreak(double share) {
        circuit = new Circuit(new FixedShare(share));
        open();
        return circuit.refusal(now);
    }

    private void open() {
        attempts(20, Verdict.BAD);
        assertThat(circuit.isClosed()).isFalse();
    }

    private void attempts(int count, Verdict verdict) {
        for (int i = 0; i < count; i++) {
            attempt(verdict);
        }
    }

    private Change attempt(Verdict verdict) {
        return circuit.end(circuit.begin(), verdict, now);
    }

    private List<Integer> begin(int count) {
        List<Integer> begun = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            begun.add(circuit.begin());
        }
        return begun;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
