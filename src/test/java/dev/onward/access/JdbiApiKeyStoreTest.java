package dev.onward.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.database.ChangeFeed;
import dev.onward.testsupport.TestDatabase;
import dev.onward.value.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiApiKeyStoreTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Instant AT = Instant.parse("2026-01-31T10:00:00.123Z");

    private final ApiKeyStore store = new JdbiApiKeyStore(DATABASE.database(), new ChangeFeed(DATABASE.database()));

    @BeforeEach
    void empty() {
        DATABASE.jdbi().useHandle(handle -> handle.execute("delete from onward.api_key"));
    }

    @Test
    void an_unknown_key_is_not_found() {
        assertThat(store.find("nobody")).isEmpty();
        assertThat(store.findByDigest("0".repeat(64))).isEmpty();
        assertThat(store.remove("nobody")).isFalse();
    }

    @Test
    void a_key_is_read_as_it_was_added_by_id_and_by_digest() {
        ApiKey key = new ApiKey("k1", "Ünïcode 😀 '\"", Role.INVOKER, List.of("prod", "team-1"), AT, "admin");
        store.add(key, "d1");
        assertThat(store.find("k1")).contains(key);
        assertThat(store.findByDigest("d1")).contains(key);
    }

    @Test
    void a_removed_key_is_gone() {
        store.add(key("k1"), "d1");
        store.add(key("k2"), "d2");
        assertThat(store.remove("k1")).isTrue();
        assertThat(store.find("k1")).isEmpty();
        assertThat(store.findByDigest("d1")).isEmpty();
        assertThat(store.find("k2")).isPresent();
        assertThat(store.remove("k1")).isFalse();
    }

    @Test
    void a_removal_is_told_to_other_processes_by_the_digest() {
        store.add(key("k1"), "d1");
        store.remove("k1");
        List<String> told = DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select key from onward.change where topic = :topic order by seq desc limit 1")
                        .bind("topic", JdbiApiKeyStore.TOPIC)
                        .mapTo(String.class)
                        .list());
        assertThat(told).containsExactly("d1");
    }

    @Test
    void pages_neither_repeat_nor_skip_while_keys_are_made() {
        List.of("b", "d", "f").forEach(id -> store.add(key(id), "digest " + id));
        Page<ApiKey> first = store.list(AdminKey.key(), Optional.empty(), 2);
        assertThat(first.items()).extracting(ApiKey::id).containsExactly("b", "d");
        List.of("a", "e").forEach(id -> store.add(key(id), "digest " + id));
        Optional<String> next = first.next().map(cursor -> cursor.key().get(0));
        Page<ApiKey> second = store.list(AdminKey.key(), next, 2);
        assertThat(second.items()).extracting(ApiKey::id).containsExactly("e", "f");
        assertThat(second.next()).isEmpty();
    }

    private static ApiKey key(String id) {
        return new ApiKey(id, "name", Role.VIEWER, List.of("*"), AT, "admin");
    }
}
