package dev.onward.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.TestDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecretsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00.123Z");
    private static final Sandbox PROD = Sandbox.DEFAULT;
    private static final String K1 = entry("k1", 1);
    private static final String K2 = entry("k2", 2);

    @BeforeEach
    void empty() {
        DATABASE.jdbi().useHandle(handle -> handle.execute("truncate onward.secret, onward.secret_key"));
    }

    @Test
    void what_is_neither_given_nor_kept_is_forgotten() {
        Secrets secrets = secrets(K1);
        replace(secrets, "a", Map.of("/x", SecretText.of("1"), "/y", SecretText.of("2")), Set.of());
        replace(secrets, "a", Map.of("/z", SecretText.of("3")), Set.of("/y"));
        OpenedSecrets opened = secrets.open(PROD, "a");
        assertThat(opened.values()).isEqualTo(Map.of("/y", SecretText.of("2"), "/z", SecretText.of("3")));
        assertThat(opened.updatedAt()).containsEntry("/y", NOW).hasSize(2);
        assertThat(opened.fault()).isEmpty();
    }

    @Test
    void an_owner_sees_neither_those_of_another_nor_those_of_another_sandbox() {
        Secrets secrets = secrets(K1);
        replace(secrets, "a", Map.of("/x", SecretText.of("1")), Set.of());
        replace(secrets, "b", Map.of(), Set.of());
        assertThat(secrets.open(PROD, "b").values()).isEmpty();
        assertThat(secrets.open(new Sandbox("team"), "a").values()).isEmpty();
    }

    @Test
    void two_rows_that_were_swapped_do_not_open() {
        Secrets secrets = secrets(K1);
        replace(secrets, "a", Map.of("/x", SecretText.of("1")), Set.of());
        replace(secrets, "b", Map.of("/x", SecretText.of("2")), Set.of());
        DATABASE.jdbi().useHandle(handle -> handle.execute("""
                update onward.secret s set sealed = o.sealed from onward.secret o where o.owner <> s.owner"""));
        assertThat(secrets.open(PROD, "a").fault()).contains(SecretException.Reason.DAMAGED);
        assertThat(secrets.open(PROD, "a").values()).isEmpty();
    }

    @Test
    void the_table_holds_no_plain_text() {
        replace(secrets(K1), "a", Map.of("/x", SecretText.of("marker-of-a-secret")), Set.of());
        String row = DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery("select s::text from onward.secret s")
                        .mapTo(String.class)
                        .one());
        assertThat(row).contains("v1.k1.").doesNotContain("marker");
    }

    @Test
    void keys_are_rotated_without_losing_a_secret() {
        replace(secrets(K1), "a", Map.of("/x", SecretText.of("1")), Set.of());
        Secrets both = secrets(K2 + "," + K1);
        assertThat(both.open(PROD, "a").values()).containsEntry("/x", SecretText.of("1"));
        assertThat(both.rewrap()).isEqualTo(1);
        assertThat(both.rewrap()).isZero();
        assertThat(secrets(K2).open(PROD, "a").values()).containsEntry("/x", SecretText.of("1"));
        assertThat(secrets(K2).open(PROD, "a").updatedAt()).containsEntry("/x", NOW);
    }

    @Test
    void a_key_that_still_seals_secrets_cannot_be_left_out() {
        replace(secrets(K1), "a", Map.of("/x", SecretText.of("1")), Set.of());
        secrets(K2 + "," + K1);
        assertThatThrownBy(() -> secrets(K2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the secret key 'k1' is missing");
    }

    @Test
    void two_processes_with_different_keys_are_refused_before_there_is_any_secret() {
        secrets(K1);
        assertThatThrownBy(() -> secrets(K2)).hasMessageContaining("the secret key 'k1' is missing");
        assertThatThrownBy(() -> secrets(entry("k1", 9))).hasMessageContaining("'k1' is another one");
        secrets(K1);
    }

    @Test
    void a_damaged_secret_holds_no_old_key_back() {
        replace(secrets(K1), "a", Map.of("/x", SecretText.of("1")), Set.of());
        DATABASE.jdbi().useHandle(handle -> handle.execute("update onward.secret set sealed = 'v1.k1.a.b.c'"));
        assertThat(secrets(K2 + "," + K1).rewrap()).isEqualTo(1);
        assertThat(secrets(K2).open(PROD, "a").fault()).isPresent();
    }

    @Test
    void a_secret_of_an_unknown_key_is_told_apart_from_a_damaged_one() {
        replace(secrets(K1), "a", Map.of("/x", SecretText.of("1")), Set.of());
        DATABASE.jdbi()
                .useHandle(handle ->
                        handle.execute("update onward.secret set sealed = replace(sealed, 'v1.k1.', 'v1.k9.')"));
        assertThat(secrets(K1).open(PROD, "a").fault()).contains(SecretException.Reason.KEY_MISSING);
    }

    @Test
    void a_secret_is_exchanged_for_the_one_that_was_expected_alone() {
        Secrets secrets = secrets(K1);
        replace(secrets, "a", Map.of("/x", SecretText.of("1")), Set.of());
        Secrets rewrapped = secrets(K2 + "," + K1);
        rewrapped.rewrap();
        assertThat(rewrapped.exchange(PROD, "a", "/x", SecretText.of("1"), SecretText.of("2")))
                .isTrue();
        assertThat(rewrapped.exchange(PROD, "a", "/x", SecretText.of("1"), SecretText.of("3")))
                .isFalse();
        assertThat(rewrapped.exchange(PROD, "b", "/x", SecretText.of("1"), SecretText.of("3")))
                .isFalse();
        OpenedSecrets opened = rewrapped.open(PROD, "a");
        assertThat(opened.values()).isEqualTo(Map.of("/x", SecretText.of("2")));
        assertThat(opened.updatedAt()).containsEntry("/x", NOW);
    }

    private static void replace(Secrets secrets, String owner, Map<String, SecretText> fresh, Set<String> kept) {
        DATABASE.jdbi().useTransaction(handle -> secrets.replace(handle, PROD, owner, fresh, kept));
    }

    /** As a process does that starts with these keys. */
    private static Secrets secrets(String keys) {
        KeyRing ring = KeyRing.parse(keys);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        new KeyRegistry(DATABASE.jdbi()).admit(ring);
        return new Secrets(DATABASE.jdbi(), new Sealer(ring, new SecureRandom()), ring, clock);
    }

    private static String entry(String id, int content) {
        byte[] key = new byte[32];
        key[0] = (byte) content;
        return id + ":" + Base64.getEncoder().encodeToString(key);
    }
}
