package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.limit.CappingRule.Rate;
import dev.onward.testsupport.FakeTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Processes that divide cappings, under a clock that a test moves. */
class CapSharesTest {

    private static final long PERIOD = Duration.ofSeconds(1).toNanos();

    private final FakeTimer timer = new FakeTimer();
    private final MemoryCapLedger ledger = new MemoryCapLedger(timer);
    private final List<Long> sent = new ArrayList<>();
    private String name = "cap";
    private Rate rate = new Rate(100, 1_000, OptionalInt.empty());

    @Test
    void who_is_alone_has_it_all_at_once() {
        Sender one = new Sender();
        assertThat(one.offer(150)).isEqualTo(100);
        pass(Duration.ofMillis(1_005));
        assertThat(one.offer(150)).isEqualTo(100);
    }

    @Test
    void who_comes_later_gets_half_of_a_busy_one_within_seconds_and_both_never_send_too_much() {
        Sender one = new Sender();
        Sender other = new Sender();
        offer(Duration.ofSeconds(3), one);
        offer(Duration.ofSeconds(4), one, other);
        one.sent = 0;
        other.sent = 0;
        offer(Duration.ofSeconds(10), one, other);
        assertThat(one.sent).isBetween(450, 550);
        assertThat(other.sent).isBetween(450, 550);
        assertNeverMoreThan(100);
    }

    @Test
    void what_an_idle_process_does_not_need_goes_to_a_busy_one() {
        Sender idle = new Sender();
        Sender busy = new Sender();
        assertThat(idle.offer(1)).isEqualTo(1);
        offer(Duration.ofSeconds(5), busy);
        busy.sent = 0;
        offer(Duration.ofSeconds(10), busy);
        assertThat(busy.sent).isBetween(900, 1_000);
        assertNeverMoreThan(100);
    }

    @Test
    void what_a_dead_process_had_comes_back_when_its_lease_is_over() {
        Sender dead = new Sender();
        Sender other = new Sender();
        offer(Duration.ofSeconds(2), dead);
        dead.shares.close();
        ledger.down(false);
        offer(Duration.ofSeconds(4), other);
        other.sent = 0;
        offer(Duration.ofSeconds(1), other);
        assertThat(other.sent).isGreaterThan(95);
        assertNeverMoreThan(100);
    }

    @Test
    void without_the_ledger_a_share_ends_with_its_lease_and_comes_back_after_it() {
        Sender one = new Sender();
        one.offer(1);
        ledger.down(true);
        pass(CapLedger.LEASE.minusSeconds(1));
        assertThat(one.offer(1)).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        assertThat(one.offer(1)).isZero();
        assertThat(one.cap.share().orElseThrow().isGood()).isFalse();
        ledger.down(false);
        pass(Duration.ofSeconds(2));
        assertThat(one.offer(1)).isEqualTo(1);
    }

    @Test
    void who_stops_gives_back_at_once_what_is_not_in_use() {
        Sender one = new Sender();
        one.offer(30);
        one.shares.close();
        Sender other = new Sender();
        assertThat(other.offer(150)).isEqualTo(70);
        assertThat(one.offer(1)).isZero();
        assertNeverMoreThan(100);
    }

    @Test
    void an_idle_process_keeps_nothing_of_a_capping_of_one() {
        rate = new Rate(1, 1_000, OptionalInt.empty());
        Sender idle = new Sender();
        Sender busy = new Sender();
        assertThat(idle.offer(1)).isEqualTo(1);
        offer(Duration.ofSeconds(4), busy);
        busy.sent = 0;
        offer(Duration.ofSeconds(10), busy);
        assertThat(busy.sent).isBetween(8, 10);
        assertNeverMoreThan(1);
    }

    @Test
    void a_lower_rate_is_divided_anew() {
        Sender one = new Sender();
        Sender other = new Sender();
        offer(Duration.ofSeconds(6), one, other);
        rate = new Rate(20, 1_000, OptionalInt.empty());
        one.cap.rate(rate);
        other.cap.rate(rate);
        offer(Duration.ofSeconds(4), one, other);
        sent.clear();
        offer(Duration.ofSeconds(5), one, other);
        assertThat(sent).hasSizeBetween(80, 120);
        assertNeverMoreThan(20);
    }

    @Test
    void whatever_happens_no_period_ever_holds_more_than_the_most() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            sent.clear();
            name = "cap " + seed;
            rate = new Rate(1 + random.nextInt(50), 1_000, OptionalInt.empty());
            List<Sender> processes = new ArrayList<>(List.of(new Sender(), new Sender(), new Sender()));
            for (int step = 0; step < 3_000; step++) {
                if (random.nextInt(300) == 0) {
                    ledger.down(random.nextBoolean());
                }
                if (random.nextInt(400) == 0) {
                    processes.get(random.nextInt(3)).dead = true;
                    processes.set(random.nextInt(3), new Sender());
                }
                Sender one = processes.get(random.nextInt(3));
                one.offer(one.dead ? 0 : random.nextInt(10));
                timer.advance(Duration.ofMillis(random.nextInt(30)));
            }
            ledger.down(false);
            assertNeverMoreThan(rate.most());
            assertThat(sent).hasSizeGreaterThan(rate.most());
        }
    }

    /** Ten calls every ten milliseconds. */
    private void offer(Duration time, Sender... processes) {
        for (long passed = 0; passed < time.toMillis(); passed += 10) {
            for (Sender process : processes) {
                process.offer(10);
            }
            pass(Duration.ofMillis(10));
        }
    }

    private void pass(Duration time) {
        timer.advance(time);
    }

    private void assertNeverMoreThan(int most) {
        for (int first = 0; first + most < sent.size(); first++) {
            assertThat(sent.get(first + most) - sent.get(first)).isGreaterThan(PERIOD);
        }
    }

    /** A process that uses the capping; a dead one does nothing more. */
    private final class Sender {

        private final CapShares shares = new CapShares(ledger.process(), this::execute, timer);
        private final Cap cap = new Cap(rate);
        private int sent;
        private boolean dead;

        private Sender() {
            cap.sharing(shares.share(name, cap::rate, () -> cap.used(timer.nanoTime())));
            shares.begin();
        }

        private void execute(Runnable work) {
            if (!dead) {
                work.run();
            }
        }

        private int offer(int calls) {
            int before = sent;
            CapShare share = cap.share().orElseThrow();
            for (int i = 0; i < calls; i++) {
                shares.whenKnown(share, () -> send(share));
            }
            return sent - before;
        }

        private void send(CapShare share) {
            long now = timer.nanoTime();
            if (cap.hasRoom(now)) {
                cap.take();
                cap.sent(now);
                sent++;
                CapSharesTest.this.sent.add(now);
            } else {
                shares.refused(share);
            }
        }
    }
}
