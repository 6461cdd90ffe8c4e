package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SendWindowTest {

    private static final long PERIOD = 1_000;

    @Test
    void no_span_as_long_as_the_period_ever_holds_more_than_the_most() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int most = 1 + random.nextInt(100);
            SendWindow window = new SendWindow();
            List<Long> sent = new ArrayList<>();
            long now = random.nextLong() / 4;
            for (int i = 0; i < 2_000; i++) {
                now += random.nextInt(1 + random.nextInt(60));
                boolean room = window.hasRoom(now, most, PERIOD);
                assertThat(room).isEqualTo(inWindow(sent, now) < most);
                if (room) {
                    window.add(now);
                    sent.add(now);
                }
                assertThat(window.used(now, PERIOD)).isEqualTo(inWindow(sent, now));
            }
        }
    }

    @Test
    void no_span_holds_more_than_the_most_of_what_is_sent_when_some_is_held_up() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int most = 1 + random.nextInt(50);
            SendWindow window = new SendWindow();
            NavigableMap<Long, Long> heldUp = new TreeMap<>();
            List<Long> sent = new ArrayList<>();
            for (long now = 0; now < 20 * PERIOD; now++) {
                while (!heldUp.isEmpty() && heldUp.firstKey() <= now) {
                    window.sent(now);
                    heldUp.pollFirstEntry();
                    sent.add(now);
                }
                boolean held = random.nextInt(3) == 0;
                long departure = now + 1 + random.nextInt(3 * (int) PERIOD);
                if (random.nextInt(5) == 0 && !heldUp.containsKey(departure) && window.hasRoom(now, most, PERIOD)) {
                    if (held) {
                        window.take();
                        heldUp.put(departure, now);
                    } else {
                        window.add(now);
                        sent.add(now);
                    }
                }
                assertThat(inWindow(sent, now)).isLessThanOrEqualTo(most);
                assertThat(window.used(now, PERIOD)).isEqualTo(inWindow(sent, now) + heldUp.size());
            }
        }
    }

    @Test
    void what_is_not_sent_counts_from_when_it_took_room() {
        SendWindow window = new SendWindow();
        window.add(0);
        window.take();
        window.add(700);
        assertThat(window.hasRoom(1_600, 2, PERIOD)).isFalse();
        window.givenUp(500);
        assertThat(window.used(1_400, PERIOD)).isEqualTo(2);
        assertThat(window.used(1_600, PERIOD)).isEqualTo(1);
        window.take();
        window.givenUp(100);
        assertThat(window.used(1_600, PERIOD)).isEqualTo(1);
    }

    @Test
    void it_tells_when_there_is_room_again() {
        SendWindow window = new SendWindow();
        window.add(0);
        window.add(400);
        assertThat(window.untilRoom(500, 3, PERIOD)).isZero();
        assertThat(window.untilRoom(500, 2, PERIOD)).isEqualTo(501);
        assertThat(window.untilRoom(500, 1, PERIOD)).isEqualTo(901);
        assertThat(window.hasRoom(1_000, 2, PERIOD)).isFalse();
        assertThat(window.hasRoom(1_001, 2, PERIOD)).isTrue();
    }

    @Test
    void what_is_about_to_be_sent_keeps_its_room_for_a_period_at_least() {
        SendWindow window = new SendWindow();
        window.add(0);
        window.take();
        assertThat(window.untilRoom(500, 3, PERIOD)).isZero();
        assertThat(window.untilRoom(500, 2, PERIOD)).isEqualTo(501);
        assertThat(window.untilRoom(500, 1, PERIOD)).isEqualTo(PERIOD);
        window.sent(600);
        assertThat(window.untilRoom(700, 1, PERIOD)).isEqualTo(901);
    }

    private static int inWindow(List<Long> sent, long now) {
        int count = 0;
        for (int i = sent.size() - 1; i >= 0 && now - sent.get(i) <= PERIOD; i--) {
            count++;
        }
        return count;
    }
}
