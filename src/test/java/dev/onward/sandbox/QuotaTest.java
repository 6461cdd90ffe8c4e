package dev.onward.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.sandbox.Quota.Depth;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotaTest {

    private static final Sandbox ONE = new Sandbox("one");
    private static final Sandbox OTHER = new Sandbox("other");

    private final Quota quota = new Quota(terms(2));

    @Test
    void one_too_many_is_refused_and_other_sandboxes_are_not() {
        quota.take(ONE, 1);
        quota.take(ONE, 1);
        assertThatThrownBy(() -> quota.take(ONE, 1)).isInstanceOf(FullException.class);
        assertThatCode(() -> quota.take(OTHER, 1)).doesNotThrowAnyException();
    }

    @Test
    void one_byte_too_many_is_refused() {
        quota.take(ONE, 60);
        assertThatThrownBy(() -> quota.take(ONE, 41)).isInstanceOf(FullException.class);
        assertThatCode(() -> quota.take(ONE, 40)).doesNotThrowAnyException();
    }

    @Test
    void what_ends_makes_room() {
        quota.take(ONE, 1);
        quota.take(ONE, 1);
        quota.give(ONE, 1);
        assertThatCode(() -> quota.take(ONE, 1)).doesNotThrowAnyException();
    }

    @Test
    void what_is_stored_counts_although_there_was_no_room() {
        quota.takeStored(ONE, 200);
        assertThat(quota.hasRoom(ONE)).isFalse();
        quota.give(ONE, 200);
        assertThat(quota.hasRoom(ONE)).isTrue();
    }

    @Test
    void room_of_several_is_given_back_at_once() {
        quota.take(ONE, 10);
        quota.take(ONE, 90);
        quota.give(new Depth(ONE, 2, 100));
        assertThat(quota.used()).isZero();
        assertThatCode(() -> quota.take(ONE, 100)).doesNotThrowAnyException();
    }

    @Test
    void what_other_processes_accepted_counts() {
        quota.count(() -> List.of(new Depth(ONE, 2, 2)));
        assertThatThrownBy(() -> quota.take(ONE, 1)).isInstanceOf(FullException.class);
    }

    @Test
    void what_other_processes_ended_counts_no_more() {
        quota.take(ONE, 1);
        quota.take(ONE, 1);
        quota.count(List::of);
        assertThatCode(() -> quota.take(ONE, 1)).doesNotThrowAnyException();
    }

    @Test
    void what_changes_while_the_queue_is_counted_counts_on_top() {
        quota.count(() -> {
            quota.take(ONE, 1);
            return List.of(new Depth(ONE, 1, 1));
        });
        assertThatThrownBy(() -> quota.take(ONE, 1)).isInstanceOf(FullException.class);
    }

    @Test
    void what_is_stored_already_counts_and_is_never_refused() {
        quota.takeStored(ONE, 1);
        quota.takeStored(ONE, 1);
        quota.takeStored(ONE, 1);
        assertThatThrownBy(() -> quota.take(ONE, 1)).isInstanceOf(FullException.class);
        quota.give(ONE, 1);
        assertThatThrownBy(() -> quota.take(ONE, 1)).isInstanceOf(FullException.class);
        quota.give(ONE, 1);
        assertThatCode(() -> quota.take(ONE, 1)).doesNotThrowAnyException();
    }

    @Test
    void there_is_room_until_calls_or_bytes_are_used_up() {
        assertThat(quota.hasRoom(ONE)).isTrue();
        quota.takeStored(ONE, 99);
        assertThat(quota.hasRoom(ONE)).isTrue();
        quota.takeStored(ONE, 0);
        assertThat(quota.hasRoom(ONE)).isFalse();
        quota.takeStored(OTHER, 100);
        assertThat(quota.hasRoom(OTHER)).isFalse();
        quota.give(OTHER, 100);
        assertThat(quota.hasRoom(OTHER)).isTrue();
    }

    @Test
    void limits_below_one_are_refused() {
        assertThatThrownBy(() -> terms(0)).hasMessage("the keys must be at least 1, found 0 and 100");
    }

    private static Quota.Terms terms(int maxItems) {
        return new Quota.Terms("calls", "the keys", maxItems, 100, FullException::new);
    }

    private static final class FullException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        FullException(String message) {
            super(message);
        }
    }
}
