package dev.onward.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.action.ActionStore.Draft;
import dev.onward.action.ActionStore.DraftSecrets;
import dev.onward.database.ChangeFeed;
import dev.onward.sandbox.Sandbox;
import dev.onward.secret.TestSecrets;
import dev.onward.testsupport.TestDatabase;
import dev.onward.testsupport.Together;
import dev.onward.value.Page;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiActionStoreTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00.123Z");
    private static final Predicate<String> ALWAYS = String.class::isInstance;
    private static final Sandbox PROD = Sandbox.DEFAULT;
    private static final Sandbox TEAM = new Sandbox("team");

    private final ActionStore store = new JdbiActionStore(
            DATABASE.database(),
            TestSecrets.in(DATABASE.jdbi()),
            new ChangeFeed(DATABASE.database()),
            (handle, sandbox, name) -> {},
            Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void empty() {
        DATABASE.jdbi().useHandle(handle -> handle.execute("delete from onward.action"));
    }

    @Test
    void a_taken_name_is_refused() {
        store.create(draft(PROD, "A", "1"));
        assertReason(ActionException.Reason.ALREADY_EXISTS, () -> store.create(draft(PROD, "A", "2")));
        assertThat(store.latest(PROD, "A").orElseThrow().document()).isEqualTo("1");
    }

    @Test
    void what_is_not_there_is_neither_replaced_nor_deleted() {
        assertReason(ActionException.Reason.NOT_FOUND, () -> store.replace(draft(PROD, "A", "1"), ALWAYS));
        assertReason(ActionException.Reason.NOT_FOUND, () -> store.delete(PROD, "A", ALWAYS));
    }

    @Test
    void a_precondition_that_does_not_hold_changes_nothing() {
        store.create(draft(PROD, "A", "1"));
        assertReason(
                ActionException.Reason.PRECONDITION_FAILED, () -> store.replace(draft(PROD, "A", "2"), tag -> false));
        assertReason(ActionException.Reason.PRECONDITION_FAILED, () -> store.delete(PROD, "A", tag -> false));
        assertThat(store.latest(PROD, "A").orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void a_stored_action_is_read_as_it_was_made() {
        StoredAction made = store.create(draft(PROD, "A", "{\"z\":1.10}"));
        assertThat(store.latest(PROD, "A")).contains(made);
        assertThat(made.createdAt()).isEqualTo(NOW);
        assertThat(made.createdBy()).isEqualTo("author");
    }

    @Test
    void an_old_version_stays_as_it_was() {
        StoredAction first = store.create(draft(PROD, "A", "1"));
        store.replace(draft(PROD, "A", "2"), ALWAYS);
        assertThat(store.version(PROD, "A", 1)).contains(first);
        assertThat(store.version(PROD, "A", 2).orElseThrow().document()).isEqualTo("2");
        assertThat(store.version(PROD, "A", 3)).isEmpty();
    }

    @Test
    void of_two_replacements_with_the_same_tag_exactly_one_wins() {
        StoredAction first = store.create(draft(PROD, "A", "1"));
        List<Optional<RuntimeException>> ends =
                Together.run(8, number -> store.replace(draft(PROD, "A", "by " + number), first.tag()::equals));
        assertThat(ends).filteredOn(Optional::isEmpty).hasSize(1);
        assertThat(ends.stream().flatMap(Optional::stream))
                .hasSize(7)
                .allSatisfy(end -> assertThat(end)
                        .isInstanceOfSatisfying(
                                ActionException.class,
                                refusal -> assertThat(refusal.reason())
                                        .isEqualTo(ActionException.Reason.PRECONDITION_FAILED)));
        assertThat(store.latest(PROD, "A").orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void replacements_without_a_tag_all_win_one_after_the_other() {
        store.create(draft(PROD, "A", "1"));
        List<Optional<RuntimeException>> ends =
                Together.run(8, number -> store.replace(draft(PROD, "A", "by " + number), ALWAYS));
        assertThat(ends).allMatch(Optional::isEmpty);
        assertThat(store.versions(PROD, "A", Optional.empty(), 50).items())
                .extracting(StoredAction::version)
                .containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
    }

    @Test
    void of_creations_at_the_same_time_exactly_one_wins() {
        List<Optional<RuntimeException>> ends =
                Together.run(8, number -> store.create(draft(PROD, "A", "by " + number)));
        assertThat(ends).filteredOn(Optional::isEmpty).hasSize(1);
        assertThat(ends.stream().flatMap(Optional::stream)).hasOnlyElementsOfType(ActionException.class);
    }

    @Test
    void a_name_used_again_has_another_tag_and_no_history() {
        StoredAction old = store.create(draft(PROD, "A", "1"));
        store.replace(draft(PROD, "A", "2"), ALWAYS);
        store.delete(PROD, "A", ALWAYS);
        assertThat(store.latest(PROD, "A")).isEmpty();
        assertThat(store.version(PROD, "A", 1)).isEmpty();
        StoredAction again = store.create(draft(PROD, "A", "3"));
        assertThat(again.version()).isEqualTo(1);
        assertThat(again.tag()).isNotEqualTo(old.tag());
        assertThat(store.versions(PROD, "A", Optional.empty(), 50).items()).containsExactly(again);
    }

    @Test
    void a_sandbox_sees_and_changes_only_its_own() {
        store.create(draft(PROD, "A", "prod"));
        assertThat(store.latest(TEAM, "A")).isEmpty();
        assertThat(store.version(TEAM, "A", 1)).isEmpty();
        assertThat(store.versions(TEAM, "A", Optional.empty(), 50).items()).isEmpty();
        assertThat(store.list(TEAM, "", "", 50).items()).isEmpty();
        assertReason(ActionException.Reason.NOT_FOUND, () -> store.replace(draft(TEAM, "A", "x"), ALWAYS));
        assertReason(ActionException.Reason.NOT_FOUND, () -> store.delete(TEAM, "A", ALWAYS));
        store.create(draft(TEAM, "A", "team"));
        store.delete(TEAM, "A", ALWAYS);
        assertThat(store.latest(PROD, "A").orElseThrow().document()).isEqualTo("prod");
    }

    @Test
    void pages_neither_repeat_nor_skip_while_rows_are_inserted_and_deleted() {
        List.of("B", "D", "F", "H").forEach(name -> store.create(draft(PROD, name, "{}")));
        Page<StoredAction> first = store.list(PROD, "", "", 2);
        assertThat(first.items()).extracting(StoredAction::name).containsExactly("B", "D");
        store.create(draft(PROD, "C", "{}"));
        store.create(draft(PROD, "E", "{}"));
        store.delete(PROD, "D", ALWAYS);
        Page<StoredAction> second = store.list(PROD, "", next(first), 2);
        assertThat(second.items()).extracting(StoredAction::name).containsExactly("E", "F");
        Page<StoredAction> last = store.list(PROD, "", next(second), 2);
        assertThat(last.items()).extracting(StoredAction::name).containsExactly("H");
        assertThat(last.next()).isEmpty();
    }

    @Test
    void names_of_every_legal_character_are_on_exactly_one_page() {
        List<String> names = List.of("A", "A_", "A0", "AA", "_", "__", "a", "a_b", "aB", "0", "Z", "z");
        names.forEach(name -> store.create(draft(PROD, name, "{}")));
        List<String> seen = new ArrayList<>();
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            Page<StoredAction> page = store.list(PROD, "", after.get(), 1);
            page.items().forEach(item -> seen.add(item.name()));
            after = page.next().map(cursor -> cursor.key().get(0));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void a_search_takes_its_text_as_it_is() {
        store.create(new Draft(PROD, "A", "100%_ 'off' \\ Größe", "{}", "author", DraftSecrets.NONE));
        store.create(draft(PROD, "B", "{}"));
        for (String text : List.of("%", "_", "'", "\\", "GRÖSSE".replace("SS", "ß"), "100%")) {
            assertThat(store.list(PROD, text, "", 50).items())
                    .as(text)
                    .extracting(StoredAction::name)
                    .containsExactly("A");
        }
        assertThat(store.list(PROD, "%%%", "", 50).items()).isEmpty();
    }

    @Test
    void odd_cursors_are_only_names_that_nobody_has() {
        store.create(draft(PROD, "A", "{}"));
        for (String cursor : List.of("'; drop table onward.action; --", "😀", "￿", "%")) {
            assertThat(store.list(PROD, "", cursor, 50).items()).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(store.latest(PROD, "A")).isPresent();
    }

    private static String next(Page<StoredAction> page) {
        return page.next().orElseThrow().key().get(0);
    }

    private static Draft draft(Sandbox sandbox, String name, String document) {
        return new Draft(sandbox, name, "", document, "author", DraftSecrets.NONE);
    }

    private static void assertReason(ActionException.Reason reason, Runnable refused) {
        assertThatThrownBy(refused::run)
                .isInstanceOfSatisfying(
                        ActionException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
