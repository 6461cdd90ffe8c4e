package dev.onward.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestsTest {

    @Test
    void the_digest_is_that_of_the_standard_s_example() {
        assertThat(Digests.sha256("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void text_is_taken_as_utf_8() {
        assertThat(Digests.sha256("ä")).isEqualTo(Digests.sha256(new byte[] {(byte) 0xC3, (byte) 0xA4}));
    }
}
