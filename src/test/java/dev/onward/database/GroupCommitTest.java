package dev.onward.database;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.testsupport.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GroupCommitTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Integer> batches = new CopyOnWriteArrayList<>();

    @BeforeEach
    void makeTable() {
        DATABASE.jdbi().useHandle(handle -> {
            handle.execute("DROP TABLE IF EXISTS onward.word");
            handle.execute("CREATE TABLE onward.word (text text CHECK (text <> 'bad'))");
        });
    }

    @Test
    void what_waits_together_is_stored_with_one_commit_and_told_in_order() {
        GroupCommit<String, String> commits = commits(1_000, 1_000_000);
        List<CompletableFuture<String>> told =
                IntStream.range(0, 100).mapToObj(i -> add(commits, "w" + i)).toList();
        commits.begin();
        assertThat(told.stream().map(GroupCommitTest::get))
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> "W" + i).toList());
        assertThat(batches).containsExactly(100);
        assertThat(words()).hasSize(100).startsWith("w0", "w1").endsWith("w99");
        commits.close(PATIENCE);
    }

    @Test
    void a_commit_has_500_at_most_and_eight_mebibytes() {
        GroupCommit<String, String> commits = commits(1_000, Long.MAX_VALUE);
        List<CompletableFuture<String>> told = new ArrayList<>();
        IntStream.range(0, 501).forEach(i -> told.add(add(commits, "w")));
        String large = "x".repeat(3 * 1024 * 1024);
        IntStream.range(0, 3).forEach(i -> told.add(add(commits, large)));
        told.add(add(commits, large.repeat(3)));
        told.add(add(commits, "w"));
        commits.begin();
        told.forEach(GroupCommitTest::get);
        assertThat(batches).containsExactly(500, 3, 1, 1, 1);
        commits.close(PATIENCE);
    }

    @Test
    void one_that_cannot_be_stored_costs_no_other_its_place() {
        GroupCommit<String, String> commits = commits(10, 1_000);
        CompletableFuture<String> first = add(commits, "a");
        CompletableFuture<String> refused = add(commits, "bad");
        CompletableFuture<String> last = add(commits, "b");
        commits.begin();
        assertThat(get(first)).isEqualTo("A");
        assertThat(get(last)).isEqualTo("B");
        assertThatThrownBy(refused::join).hasMessageContaining("word_text_check");
        assertThat(words()).containsExactly("a", "b");
        commits.close(PATIENCE);
    }

    @Test
    void without_the_database_all_of_a_batch_fail_at_once_and_the_next_is_stored_when_it_is_back() {
        GroupCommit<String, String> commits = new GroupCommit<>(
                "test-commits",
                batch -> {
                    batches.add(batch.size());
                    if (batches.size() == 1) {
                        throw new SQLException("gone", "08006");
                    }
                    return store(batch);
                },
                new GroupCommit.Bounds<>(10, 1_000, String::length),
                () -> new IllegalStateException("full"));
        List<CompletableFuture<String>> told = List.of(add(commits, "a"), add(commits, "b"));
        commits.begin();
        told.forEach(each -> assertThatThrownBy(each::join).hasRootCauseMessage("gone"));
        assertThat(get(add(commits, "c"))).isEqualTo("C");
        assertThat(words()).containsExactly("c");
        assertThat(batches).containsExactly(2, 1);
        commits.close(PATIENCE);
    }

    @Test
    void beyond_a_bound_nothing_is_taken_until_there_is_room() {
        GroupCommit<String, String> few = commits(2, 1_000);
        few.add("a");
        few.add("b");
        assertThatThrownBy(() -> few.add("c")).hasMessage("full");
        GroupCommit<String, String> small = commits(10, 5);
        small.add("longer than five");
        assertThatThrownBy(() -> small.add("c")).hasMessage("full");
        small.begin();
        await().atMost(PATIENCE).until(() -> batches.size() == 1);
        assertThat(get(add(small, "c"))).isEqualTo("C");
        small.close(PATIENCE);
    }

    @Test
    void what_waits_at_the_end_is_stored_and_nothing_more_is_taken() {
        GroupCommit<String, String> commits = commits(10, 1_000);
        CompletableFuture<String> waits = add(commits, "a");
        commits.begin();
        commits.close(PATIENCE);
        assertThat(waits).isCompletedWithValue("A");
        assertThatThrownBy(() -> commits.add("b")).hasMessage("full");
    }

    @Test
    void one_without_room_for_anything_is_a_mistake() {
        assertThatThrownBy(() -> commits(0, 1)).hasMessageContaining("found 0");
    }

    private GroupCommit<String, String> commits(int most, long mostBytes) {
        return new GroupCommit<>(
                "test-commits",
                batch -> {
                    List<String> told = store(batch);
                    batches.add(batch.size());
                    return told;
                },
                new GroupCommit.Bounds<>(most, mostBytes, String::length),
                () -> new IllegalStateException("full"));
    }

    private static List<String> store(List<String> batch) throws SQLException {
        return DATABASE.jdbi().inTransaction(handle -> {
            try (ArrayStatement<String> insert =
                    new ArrayStatement<>(handle, "INSERT INTO onward.word SELECT * FROM unnest(?)", batch)) {
                insert.column("text", word -> word).execute();
            }
            return batch.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
        });
    }

    private static CompletableFuture<String> add(GroupCommit<String, String> commits, String word) {
        return commits.add(word).toCompletableFuture();
    }

    private static String get(CompletableFuture<String> told) {
        return told.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static List<String> words() {
        return DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT text FROM onward.word")
                        .mapTo(String.class)
                        .list());
    }
}
