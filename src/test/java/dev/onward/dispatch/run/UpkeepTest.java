package dev.onward.dispatch.run;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.dispatch.run.Upkeep.Chore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpkeepTest {

    private static final Duration OFTEN = Duration.ofMillis(1);
    private static final Duration NEVER = Duration.ofDays(1);

    private final AtomicInteger done = new AtomicInteger();
    private Upkeep upkeep = new Upkeep("nothing-to-do", List.of());

    @AfterEach
    void close() {
        upkeep.close();
    }

    @ParameterizedTest
    @CsvSource({"200,false,400", "400,false,800", "800,false,1000", "1000,false,1000", "1000,true,200", "200,true,200"})
    void the_time_between_two_turns_doubles_while_there_is_nothing_to_do(long before, boolean found, long then) {
        Chore chore = new Chore("look", Duration.ofMillis(200), Duration.ofSeconds(1), () -> found);

        assertThat(chore.pauseAfter(Duration.ofMillis(before), found)).isEqualTo(Duration.ofMillis(then));
    }

    @Test
    void what_is_done_at_the_same_interval_always_never_rests() {
        Chore chore = new Chore("renew", Duration.ofMillis(200), () -> {});

        assertThat(chore.pauseAfter(Duration.ofMillis(200), false)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void a_chore_that_would_rest_for_less_than_its_interval_or_never_is_refused() {
        Duration second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new Chore("look", second, second.minusNanos(1), () -> true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found PT1S and PT0.999999999S");
        assertThatThrownBy(() -> new Chore("look", Duration.ZERO, () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("above zero");
    }

    @Test
    void chores_are_done_again_and_again_one_that_fails_too() {
        begin(
                new Chore("count", OFTEN, done::incrementAndGet),
                new Chore("fail", OFTEN, OFTEN, () -> {
                    throw new IllegalStateException("for the test, turn " + done.incrementAndGet());
                }),
                new Chore("look in vain", OFTEN, OFTEN, () -> done.incrementAndGet() < 0));

        await().until(() -> done.get() > 20);
    }

    @Test
    void a_chore_that_found_nothing_rests_while_others_go_on() {
        AtomicInteger rested = new AtomicInteger();
        begin(
                new Chore("look in vain", NEVER, NEVER, () -> rested.incrementAndGet() < 0),
                new Chore("count", OFTEN, done::incrementAndGet));

        await().until(() -> done.get() > 20);
        assertThat(rested.get()).isEqualTo(1);
    }

    @Test
    void nothing_is_done_after_the_end_and_the_next_turns_are_not_waited_for() {
        begin(new Chore("count", OFTEN, done::incrementAndGet), new Chore("rest", NEVER, done::incrementAndGet));
        await().until(() -> done.get() > 2);
        upkeep.close();
        int atTheEnd = done.get();

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(each -> each.getName().equals("upkeep-test")));
        assertThat(done.get()).isEqualTo(atTheEnd);
    }

    private void begin(Chore... chores) {
        upkeep = new Upkeep("upkeep-test", List.of(chores));
        upkeep.begin();
    }
}
