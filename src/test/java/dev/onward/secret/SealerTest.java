package dev.onward.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.sandbox.Sandbox;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SealerTest {

    private static final Place PLACE = new Place(Sandbox.DEFAULT, "action/1", "/authentication/password");
    private static final SecretText VALUE = SecretText.of("pässwörd");
    private static final String OLD = entry("old", 1);
    private static final String NEW = entry("new", 2);

    private final Sealer sealer = sealer(OLD);

    @Test
    void what_was_sealed_opens_at_its_place() {
        assertThat(sealer.open(PLACE, sealer.seal(PLACE, VALUE))).isEqualTo(VALUE);
    }

    @Test
    void two_seals_of_one_value_differ_and_show_nothing_of_it() {
        String one = sealer.seal(PLACE, VALUE);
        assertThat(one)
                .isNotEqualTo(sealer.seal(PLACE, VALUE))
                .startsWith("v1.old.")
                .doesNotContain("ssw");
    }

    @Test
    void one_flipped_bit_anywhere_is_noticed() {
        String sealed = sealer.seal(PLACE, VALUE);
        String[] parts = sealed.split("\\.");
        for (int part = 2; part < parts.length; part++) {
            byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
            for (int at = 0; at < bytes.length; at++) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= 1;
                String[] changed = parts.clone();
                changed[part] = Base64.getUrlEncoder().withoutPadding().encodeToString(flipped);
                assertDamaged(PLACE, String.join(".", changed));
            }
        }
    }

    @Test
    void a_value_moved_to_another_sandbox_owner_or_member_does_not_open() {
        String sealed = sealer.seal(PLACE, VALUE);
        assertDamaged(new Place(new Sandbox("team"), PLACE.owner(), PLACE.member()), sealed);
        assertDamaged(new Place(PLACE.sandbox(), "action/2", PLACE.member()), sealed);
        assertDamaged(new Place(PLACE.sandbox(), PLACE.owner(), "/authentication/token"), sealed);
        assertDamaged(new Place(PLACE.sandbox(), "action/1/", "authentication/password"), sealed);
    }

    @Test
    void what_is_no_sealed_value_is_damaged() {
        for (String text : new String[] {
            "", "v1", "v2.old.a.b.c", "v1.old...", "v1.old.a.b", "v1.old.*.*.*", "v1.old.QUJD.QUJD.QUJD"
        }) {
            assertDamaged(PLACE, text);
        }
    }

    @Test
    void a_key_that_is_not_there_is_told_by_its_id() {
        String sealed = sealer.seal(PLACE, VALUE);
        assertThatThrownBy(() -> sealer(NEW).open(PLACE, sealed))
                .isInstanceOfSatisfying(
                        SecretException.class,
                        missing -> assertThat(missing.reason()).isEqualTo(SecretException.Reason.KEY_MISSING))
                .hasMessageContaining("'old'");
    }

    @Test
    void another_key_of_the_same_id_does_not_open() {
        String sealed = sealer.seal(PLACE, VALUE);
        assertThatThrownBy(() -> sealer(entry("old", 3)).open(PLACE, sealed)).isInstanceOf(SecretException.class);
    }

    @Test
    void a_key_is_rotated_by_adding_rewrapping_and_retiring() {
        String sealed = sealer.seal(PLACE, VALUE);
        String rewrapped = sealer(NEW + "," + OLD).rewrap(PLACE, sealed);
        assertThat(sealer(NEW).open(PLACE, rewrapped)).isEqualTo(VALUE);
        assertThatThrownBy(() -> sealer.open(PLACE, rewrapped)).isInstanceOf(SecretException.class);
    }

    private void assertDamaged(Place place, String sealed) {
        assertThatThrownBy(() -> sealer.open(place, sealed))
                .as(sealed)
                .isInstanceOfSatisfying(
                        SecretException.class,
                        damaged -> assertThat(damaged.reason()).isEqualTo(SecretException.Reason.DAMAGED));
    }

    private static Sealer sealer(String ring) {
        return new Sealer(KeyRing.parse(ring), new SecureRandom());
    }

    private static String entry(String id, int content) {
        byte[] key = new byte[32];
        key[0] = (byte) content;
        return id + ":" + Base64.getEncoder().encodeToString(key);
    }
}
