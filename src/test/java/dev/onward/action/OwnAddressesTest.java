package dev.onward.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OwnAddressesTest {

    private static final InetSocketAddress FIRST = new InetSocketAddress("192.0.2.1", 5432);
    private static final InetSocketAddress SECOND = new InetSocketAddress("192.0.2.2", 5432);

    private final AtomicLong now = new AtomicLong();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private List<InetSocketAddress> database = List.of(FIRST);
    private Set<Integer> ports = Set.of();
    private int lookUps;
    private boolean isBroken;

    private final OwnAddresses own = new OwnAddresses(this::lookUp, () -> ports, background::add, now::get);

    @Test
    void a_listener_that_opens_later_counts_at_once() {
        assertThat(own.get()).containsExactlyInAnyOrder(FIRST);
        ports = Set.of(8080, 8443);
        assertThat(own.get())
                .containsExactlyInAnyOrder(FIRST, new InetSocketAddress(8080), new InetSocketAddress(8443));
    }

    @Test
    void the_database_is_looked_up_again_in_the_background_only() {
        database = List.of(SECOND);
        now.set(OwnAddresses.MAX_AGE.toNanos());
        assertThat(own.get()).containsExactly(FIRST);
        assertThat(background).isEmpty();

        now.addAndGet(1);
        assertThat(own.get()).containsExactly(FIRST);
        assertThat(own.get()).containsExactly(FIRST);
        assertThat(lookUps).isEqualTo(1);
        assertThat(background).hasSize(1);

        background.remove().run();
        assertThat(own.get()).containsExactly(SECOND);
        assertThat(lookUps).isEqualTo(2);
        assertThat(background).isEmpty();
    }

    @Test
    void a_database_whose_name_does_not_resolve_just_now_stays_known() {
        database = List.of();
        now.set(OwnAddresses.MAX_AGE.plus(Duration.ofSeconds(1)).toNanos());
        own.get();
        background.remove().run();
        assertThat(own.get()).containsExactly(FIRST);
    }

    @Test
    void a_look_up_that_breaks_keeps_what_is_known_and_is_tried_again() {
        isBroken = true;
        now.set(OwnAddresses.MAX_AGE.plus(Duration.ofSeconds(1)).toNanos());
        own.get();
        assertThatThrownBy(background.remove()::run).isInstanceOf(IllegalStateException.class);
        assertThat(own.get()).containsExactly(FIRST);
        assertThat(background).hasSize(1);
    }

    private List<InetSocketAddress> lookUp() {
        lookUps++;
        if (isBroken) {
            throw new IllegalStateException("no name server");
        }
        return database;
    }
}
