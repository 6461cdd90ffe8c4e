package dev.onward.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.call.Places.Waiter;
import dev.onward.testsupport.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Places places = new Places();
    private final List<String> served = new ArrayList<>();

    @Test
    void a_bound_below_one_is_refused() {
        assertThatThrownBy(() -> new Waiter(0, place -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0");
    }

    @Test
    void there_are_as_many_places_as_the_bound() {
        assertThat(places.tryTake(2)).isPresent();
        assertThat(places.tryTake(2)).isPresent();
        assertThat(places.tryTake(2)).isEmpty();
        assertThat(places.taken()).isEqualTo(2);
    }

    @Test
    void a_place_can_be_given_back_once_only() {
        Place place = taken(1);
        Place other = taken(2);

        place.giveBack();
        place.giveBack();

        assertThat(places.taken()).isEqualTo(1);
        other.giveBack();
        assertThat(places.taken()).isZero();
    }

    @Test
    void who_asks_while_there_is_a_place_gets_it_at_once() {
        places.queue(waiter("a", 1));

        assertThat(served).containsExactly("a");
        assertThat(places.waiting()).isZero();
        assertThat(places.taken()).isEqualTo(1);
    }

    @Test
    void waiters_are_served_in_the_order_in_which_they_came() {
        Place first = taken(1);
        List<Place> later = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            places.queue(waiter(name, 1, later::add));
        }
        assertThat(served).isEmpty();
        assertThat(places.waiting()).isEqualTo(3);

        first.giveBack();
        assertThat(served).containsExactly("a");
        later.get(0).giveBack();
        assertThat(served).containsExactly("a", "b");
        later.get(1).giveBack();
        assertThat(served).containsExactly("a", "b", "c");
        assertThat(places.taken()).isEqualTo(1);
    }

    @Test
    void nobody_overtakes_those_who_wait() {
        Place first = taken(1);
        places.queue(waiter("a", 1));

        assertThat(places.tryTake(5)).isEmpty();
        places.queue(waiter("b", 5));
        assertThat(served).isEmpty();

        first.giveBack();
        assertThat(served).containsExactly("a", "b");
    }

    @Test
    void a_waiter_that_leaves_gets_no_place_and_makes_room_for_the_next() {
        Place first = taken(1);
        Waiter a = waiter("a", 1);
        places.queue(a);
        places.queue(waiter("b", 2));

        assertThat(places.leave(a)).isTrue();
        assertThat(served).containsExactly("b");
        assertThat(places.leave(a)).isFalse();
        first.giveBack();
        assertThat(served).containsExactly("b");
    }

    @Test
    void a_waiter_that_was_served_cannot_leave() {
        Waiter a = waiter("a", 1);
        places.queue(a);

        assertThat(places.leave(a)).isFalse();
        assertThat(places.taken()).isEqualTo(1);
    }

    @Test
    void twenty_thousand_waiters_that_end_at_once_do_not_nest() {
        Place first = taken(1);
        AtomicInteger ended = new AtomicInteger();
        for (int i = 0; i < 20_000; i++) {
            places.queue(new Waiter(1, place -> {
                ended.incrementAndGet();
                place.giveBack();
            }));
        }

        first.giveBack();

        assertThat(ended).hasValue(20_000);
        assertThat(places.taken()).isZero();
        assertThat(places.waiting()).isZero();
    }

    @Test
    void a_waiter_that_breaks_loses_its_place_and_stops_nobody() {
        Place first = taken(1);
        places.queue(new Waiter(1, place -> {
            throw new IllegalStateException("broken");
        }));
        places.queue(waiter("b", 1));

        assertThatThrownBy(first::giveBack).hasMessage("broken");

        assertThat(served).containsExactly("b");
        assertThat(places.taken()).isEqualTo(1);
    }

    @Test
    void many_threads_never_take_more_than_there_are_and_leave_none_taken() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger granted = new AtomicInteger();
        List<Optional<RuntimeException>> ends = Together.run(8, thread -> {
            for (int i = 0; i < 500; i++) {
                places.queue(new Waiter(3, place -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    granted.incrementAndGet();
                    inside.decrementAndGet();
                    place.giveBack();
                }));
            }
        });

        assertThat(ends).containsOnly(Optional.empty());
        assertThat(granted).hasValue(4_000);
        assertThat(most.get()).isBetween(1, 3);
        assertThat(places.taken()).isZero();
        assertThat(places.waiting()).isZero();
    }

    private Place taken(int bound) {
        return places.tryTake(bound).orElseThrow();
    }

    private Waiter waiter(String name, int bound) {
        return waiter(name, bound, place -> {});
    }

    private Waiter waiter(String name, int bound, Consumer<Place> keep) {
        return new Waiter(bound, place -> {
            served.add(name);
            keep.accept(place);
        });
    }
}
