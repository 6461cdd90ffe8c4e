package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.limit.CapLedger.Standing;
import dev.onward.limit.CappingRule.Rate;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every ledger keeps to. */
abstract class CapLedgerContract {

    private static final Rate HUNDRED = new Rate(100, 1_000, OptionalInt.empty());

    private final String cap = UUID.randomUUID().toString();

    /** The ledger as another process has it. */
    abstract CapLedger process();

    /** All that are alive now show no sign of life for so long that they may use their shares no more. */
    abstract void passLease();

    /** So much more time passes that what was sent under a lease is a period old. */
    abstract void passPeriod();

    @Test
    void the_first_process_takes_all_and_the_second_wants_its_part() {
        CapLedger one = process();
        CapLedger other = process();
        assertThat(one.take(cap, HUNDRED, 100)).isEqualTo(new Standing(100, 100, 0, 0));
        assertThat(other.take(cap, HUNDRED, 100)).isEqualTo(new Standing(0, 100, 1, 0));
        assertThat(one.renew()).containsEntry(cap, new Standing(100, 100, 1, 100));
    }

    @Test
    void what_one_gives_back_another_takes() {
        CapLedger one = process();
        CapLedger other = process();
        one.take(cap, HUNDRED, 100);
        other.take(cap, HUNDRED, 100);
        one.lower(cap, 50);
        assertThat(other.take(cap, HUNDRED, 100).share()).isEqualTo(50);
        assertThat(one.take(cap, HUNDRED, 50)).isEqualTo(new Standing(50, 100, 1, 50));
        one.lower(cap, 80);
        assertThat(one.renew()).containsEntry(cap, new Standing(50, 100, 1, 50));
        one.drop(cap);
        assertThat(other.take(cap, HUNDRED, 50)).isEqualTo(new Standing(100, 100, 0, 0));
        assertThat(one.renew()).doesNotContainKey(cap);
    }

    @Test
    void who_gave_something_back_does_not_take_it_again_while_another_wants_it() {
        CapLedger one = process();
        CapLedger other = process();
        one.take(cap, HUNDRED, 100);
        other.take(cap, HUNDRED, 100);
        one.lower(cap, 50);
        assertThat(one.take(cap, HUNDRED, 50).share()).isEqualTo(50);
        assertThat(other.take(cap, HUNDRED, 30).share()).isEqualTo(30);
        assertThat(one.take(cap, HUNDRED, 50).share()).isEqualTo(70);
    }

    @Test
    void of_a_lowered_capping_nothing_is_taken_while_too_much_is_given_out() {
        CapLedger one = process();
        one.take(cap, HUNDRED, 100);
        assertThat(process().take(cap, new Rate(10, 1_000, OptionalInt.empty()), 10))
                .isEqualTo(new Standing(0, 100, 1, 0));
    }

    @Test
    void the_share_of_a_dead_process_is_free_when_its_last_calls_are_a_period_old() {
        CapLedger dead = process();
        CapLedger alive = process();
        dead.take(cap, HUNDRED, 100);
        passLease();
        assertThat(alive.take(cap, HUNDRED, 100)).isEqualTo(new Standing(0, 100, 0, 0));
        passPeriod();
        assertThat(alive.take(cap, HUNDRED, 100)).isEqualTo(new Standing(100, 100, 0, 0));
        assertThat(dead.renew()).doesNotContainKey(cap);
    }

    @Test
    void who_shows_that_it_is_alive_keeps_its_share() {
        CapLedger one = process();
        one.take(cap, HUNDRED, 100);
        passLease();
        one.renew();
        passPeriod();
        assertThat(process().take(cap, HUNDRED, 100).share()).isZero();
    }

    @Test
    void what_a_stopping_process_had_is_free_after_a_period() {
        CapLedger one = process();
        CapLedger other = process();
        one.take(cap, HUNDRED, 100);
        one.leave();
        passPeriod();
        assertThat(other.take(cap, HUNDRED, 100).share()).isEqualTo(100);
    }
}
