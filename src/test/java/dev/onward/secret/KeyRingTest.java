package dev.onward.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRingTest {

    private static final String ONE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String TWO = "AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @Test
    void the_first_key_is_the_primary() {
        KeyRing ring = KeyRing.parse("b:" + ONE + ", a:" + TWO);
        assertThat(ring.primary()).isEqualTo("b");
        assertThat(ring.ids()).containsExactly("b", "a");
    }

    @Test
    void a_fingerprint_tells_keys_apart_and_not_their_ids() {
        KeyRing ring = KeyRing.parse("a:" + ONE + ",b:" + TWO + ",c:" + ONE);
        assertThat(ring.fingerprint("a")).isEqualTo(ring.fingerprint("c")).isNotEqualTo(ring.fingerprint("b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "''|key 1 must be written id:base64",
                "k1|key 1 must be written id:base64",
                "a b:AAAA|key 1 must be written id:base64",
                "k1:AAAA|must have 32 bytes, found 3",
                "k1:%%%|is not Base64",
                "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,|key 2 must be written id:base64",
                "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=|stands there twice",
            })
    void what_is_no_ring_is_refused_without_a_quote(String text, String message) {
        assertThatThrownBy(() -> KeyRing.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("AAEC");
    }

    @Test
    void its_text_shows_ids_alone() {
        assertThat(KeyRing.parse("k1:" + ONE)).hasToString("KeyRing[k1]");
    }
}
