package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.call.http.ConnectQueue.Target;
import dev.onward.call.http.ConnectQueue.Turn;
import dev.onward.testsupport.FakeTimer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConnectQueueTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient CLIENT = VERTX.createHttpClient();
    private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();
    private static final Target TARGET = new Target(CLIENT, "host", ADDRESS, 80);

    private final FakeTimer timer = new FakeTimer();
    private final ConnectQueue queue = new ConnectQueue(2, timer);
    private final List<Turn> turns = new ArrayList<>();
    private final List<String> came = new ArrayList<>();

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void as_many_as_allowed_have_their_turn_at_once() {
        fill();

        assertThat(enter("third")).isFalse();
        assertThat(came).containsExactly("first", "second");
    }

    @Test
    void the_end_of_each_turn_is_the_beginning_of_the_next_in_the_order_of_arrival() {
        fill();
        enter("third");
        enter("fourth");
        turns.get(1).leave();
        List<String> afterOne = List.copyOf(came);
        turns.get(0).leave();

        assertThat(afterOne).containsExactly("first", "second", "third");
        assertThat(came).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void who_came_by_waiting_takes_a_place_as_everybody_does() {
        fill();
        enter("third");
        turns.get(0).leave();

        assertThat(enter("fourth")).isFalse();
    }

    @Test
    void a_place_that_nobody_waits_for_is_free_again() {
        fill();
        turns.get(0).leave();

        assertThat(enter("third")).isTrue();
        assertThat(enter("fourth")).isFalse();
    }

    @Test
    void turns_that_last_longer_than_a_slice_count_no_more_when_somebody_waits() {
        fill();
        List.of("third", "fourth", "fifth").forEach(this::enter);
        timer.advance(ConnectQueue.SLICE.minusNanos(1));
        List<String> before = List.copyOf(came);
        timer.advance(ConnectQueue.SLICE);

        assertThat(before).containsExactly("first", "second");
        assertThat(came).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void every_slice_lets_as_many_in_until_nobody_waits() {
        fill();
        List.of("third", "fourth", "fifth").forEach(this::enter);
        timer.advance(ConnectQueue.SLICE.multipliedBy(2));

        assertThat(came).containsExactly("first", "second", "third", "fourth", "fifth");
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void the_end_of_a_turn_that_counts_no_more_lets_nobody_in() {
        fill();
        List.of("third", "fourth", "fifth").forEach(this::enter);
        timer.advance(ConnectQueue.SLICE);
        turns.get(0).leave();
        turns.get(1).leave();
        List<String> afterTheOld = List.copyOf(came);
        turns.get(2).leave();

        assertThat(afterTheOld).containsExactly("first", "second", "third", "fourth");
        assertThat(came).containsExactly("first", "second", "third", "fourth", "fifth");
    }

    @Test
    void a_slice_in_which_nobody_waits_any_more_ends_no_turn() {
        fill();
        enter("third");
        turns.get(0).leave();
        timer.advance(ConnectQueue.SLICE);

        assertThat(enter("fourth")).isFalse();
        assertThat(timer.waiting()).isEqualTo(1);
    }

    @Test
    void each_pool_has_places_of_its_own() throws Exception {
        fill();
        List<Target> others = List.of(
                new Target(VERTX.createHttpClient(), "host", ADDRESS, 80),
                new Target(CLIENT, "other", ADDRESS, 80),
                new Target(CLIENT, "host", InetAddress.getByName("127.0.0.2"), 80),
                new Target(CLIENT, "host", ADDRESS, 81));

        assertThat(others).allMatch(other -> queue.enter(other, turns::add).isPresent());
    }

    @Test
    void after_everybody_has_left_a_target_begins_anew() {
        fill();
        turns.forEach(Turn::leave);

        assertThat(enter("third")).isTrue();
        assertThat(enter("fourth")).isTrue();
        assertThat(enter("fifth")).isFalse();
    }

    @Test
    void nobody_could_ever_ask_where_none_may() {
        assertThatThrownBy(() -> new ConnectQueue(0, timer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0");
    }

    private void fill() {
        enter("first");
        enter("second");
    }

    /** Whether the turn was there at once. */
    private boolean enter(String name) {
        Optional<Turn> atOnce = queue.enter(TARGET, turn -> came(name, turn));
        atOnce.ifPresent(turn -> came(name, turn));
        return atOnce.isPresent();
    }

    private void came(String name, Turn turn) {
        came.add(name);
        turns.add(turn);
    }
}
