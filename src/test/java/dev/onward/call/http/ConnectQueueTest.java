package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.call.http.ConnectQueue.Target;
import dev.onward.sandbox.Sandbox;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectQueueTest {

    private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();
    private static final Target TARGET = new Target(Sandbox.DEFAULT, ADDRESS, 80);

    private final ConnectQueue queue = new ConnectQueue(2);
    private final List<String> came = new ArrayList<>();

    @Test
    void as_many_as_allowed_have_their_turn_at_once() {
        assertThat(enter("first")).isTrue();
        assertThat(enter("second")).isTrue();
        assertThat(enter("third")).isFalse();
        assertThat(came).isEmpty();
    }

    @Test
    void the_end_of_each_turn_is_the_beginning_of_the_next_in_the_order_of_arrival() {
        fill();
        enter("third");
        enter("fourth");
        queue.leave(TARGET);
        List<String> afterOne = List.copyOf(came);
        queue.leave(TARGET);

        assertThat(afterOne).containsExactly("third");
        assertThat(came).containsExactly("third", "fourth");
    }

    @Test
    void who_came_by_waiting_takes_a_place_as_everybody_does() {
        fill();
        enter("third");
        queue.leave(TARGET);

        assertThat(enter("fourth")).isFalse();
    }

    @Test
    void a_place_that_nobody_waits_for_is_free_again() {
        fill();
        queue.leave(TARGET);

        assertThat(enter("third")).isTrue();
        assertThat(enter("fourth")).isFalse();
    }

    @Test
    void other_addresses_ports_and_sandboxes_have_places_of_their_own() throws Exception {
        fill();

        assertThat(queue.enter(new Target(Sandbox.DEFAULT, ADDRESS, 81), () -> {}))
                .isTrue();
        assertThat(queue.enter(new Target(new Sandbox("other"), ADDRESS, 80), () -> {}))
                .isTrue();
        assertThat(queue.enter(new Target(Sandbox.DEFAULT, InetAddress.getByName("127.0.0.2"), 80), () -> {}))
                .isTrue();
    }

    @Test
    void nothing_is_kept_of_a_target_that_everybody_left() {
        fill();
        queue.leave(TARGET);
        queue.leave(TARGET);

        assertThatThrownBy(() -> queue.leave(TARGET)).isInstanceOf(IllegalStateException.class);
    }

    private void fill() {
        enter("first");
        enter("second");
    }

    private boolean enter(String name) {
        return queue.enter(TARGET, () -> came.add(name));
    }
}
