package dev.onward.invocation.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final int CONCURRENCY = 10;
    private static final int MANY = 1_000;

    private final Pace pace = new Pace(CONCURRENCY);

    @Test
    void there_is_no_limit_before_a_refusal() {
        assertThat(begin()).isEqualTo(MANY);
    }

    @Test
    void nothing_begins_between_a_refusal_and_the_next_try() {
        pace.refused();
        assertThat(begin()).isZero();
    }

    @Test
    void after_a_refusal_lines_double_from_try_to_try_until_there_is_no_limit() {
        pace.refused();
        List<Integer> begun = new ArrayList<>();
        while (pace.tryAgain()) {
            begun.add(begin());
        }
        assertThat(begun).containsExactly(1, 2, 4, 8);
        assertThat(begin()).isEqualTo(MANY);
    }

    @Test
    void another_refusal_begins_with_one_line_again() {
        pace.refused();
        pace.tryAgain();
        pace.tryAgain();
        pace.refused();
        assertThat(pace.tryAgain()).isTrue();
        assertThat(begin()).isEqualTo(1);
    }

    @Test
    void one_line_at_a_time_has_no_limit_after_one_try() {
        Pace single = new Pace(1);
        single.refused();
        assertThat(single.tryAgain()).isFalse();
        assertThat(single.mayBegin()).isTrue();
    }

    /** Begins as many lines as may, but not for ever. */
    private int begin() {
        int begun = 0;
        while (begun < MANY && pace.mayBegin()) {
            pace.began();
            begun++;
        }
        return begun;
    }
}
