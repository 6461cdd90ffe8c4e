package dev.onward.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.dispatch.store.QueueStore.Depth;
import dev.onward.sandbox.Sandbox;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotaTest {

    private static final Sandbox ONE = new Sandbox("one");
    private static final Sandbox OTHER = new Sandbox("other");

    private final Quota quota = new Quota(2, 100);

    @Test
    void one_call_too_many_is_refused_and_other_sandboxes_are_not() {
        quota.take(ONE, 1);
        quota.take(ONE, 1);
        assertThatThrownBy(() -> quota.take(ONE, 1)).isInstanceOf(QueueFullException.class);
        assertThatCode(() -> quota.take(OTHER, 1)).doesNotThrowAnyException();
    }

    @Test
    void one_byte_too_many_is_refused() {
        quota.take(ONE, 60);
        assertThatThrownBy(() -> quota.take(ONE, 41)).isInstanceOf(QueueFullException.class);
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
    void what_other_processes_accepted_counts() {
        quota.count(() -> List.of(new Depth(ONE, 2, 2)));
        assertThatThrownBy(() -> quota.take(ONE, 1)).isInstanceOf(QueueFullException.class);
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
        assertThatThrownBy(() -> quota.take(ONE, 1)).isInstanceOf(QueueFullException.class);
    }

    @Test
    void what_is_stored_already_counts_and_is_never_refused() {
        quota.takeStored(ONE, 1);
        quota.takeStored(ONE, 1);
        quota.takeStored(ONE, 1);
        assertThatThrownBy(() -> quota.take(ONE, 1)).isInstanceOf(QueueFullException.class);
        quota.give(ONE, 1);
        assertThatThrownBy(() -> quota.take(ONE, 1)).isInstanceOf(QueueFullException.class);
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
        assertThatThrownBy(() -> new Quota(0, 1)).hasMessageContaining("max-calls-per-sandbox");
    }
}
