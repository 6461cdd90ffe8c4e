package dev.onward.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpareBufferTest {

    private final SpareBuffer spare = new SpareBuffer(32, 64);

    @Test
    void what_is_given_back_is_taken_next_and_empty() {
        JsonBuffer first = spare.take();
        first.ascii("text of the one before");
        spare.giveBack(first);

        assertThat(spare.take()).isSameAs(first);
        assertThat(first.size()).isZero();
    }

    @Test
    void two_takers_have_a_buffer_each() {
        JsonBuffer first = spare.take();
        spare.giveBack(first);

        assertThat(spare.take()).isSameAs(first);
        assertThat(spare.take()).isNotSameAs(first);
    }

    @Test
    void a_large_buffer_is_not_kept() {
        JsonBuffer large = spare.take();
        large.ascii("x".repeat(65));
        spare.giveBack(large);

        assertThat(spare.take()).isNotSameAs(large);
    }
}
