package dev.onward.database;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChangeFeedTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Duration PROMISED = Duration.ofSeconds(5);

    private final ChangeFeed here = new ChangeFeed(DATABASE.database());
    private final ChangeFeed elsewhere = new ChangeFeed(DATABASE.openAgain());

    private final Heard heardHere = new Heard();
    private final Heard heard = new Heard();

    @BeforeEach
    void open() {
        here.subscribe("action", heardHere);
        elsewhere.subscribe("action", heard);
        here.open();
        elsewhere.open();
        await().atMost(PROMISED).until(() -> !heardHere.missed.isEmpty() && !heard.missed.isEmpty());
    }

    @AfterEach
    void close() {
        here.close();
        elsewhere.close();
    }

    @Test
    void a_change_that_is_rolled_back_is_told_to_nobody() {
        DATABASE.jdbi().useTransaction(handle -> {
            here.publish(handle, "action", "never");
            handle.rollback();
        });

        publish("after");

        await().atMost(PROMISED).until(() -> heard.keys.contains("after"));
        assertThat(heard.keys).doesNotContain("never");
    }

    @Test
    void a_change_reaches_every_process_and_the_one_that_made_it() {
        publish("OrderShipped");

        await().atMost(PROMISED).untilAsserted(() -> {
            assertThat(heardHere.keys).containsExactly("OrderShipped");
            assertThat(heard.keys).containsExactly("OrderShipped");
        });
    }

    @Test
    void another_topic_is_not_told() {
        DATABASE.jdbi().useTransaction(handle -> here.publish(handle, "limit", "OrderShipped"));

        publish("after");

        await().atMost(PROMISED).until(() -> heard.keys.contains("after"));
        assertThat(heard.keys).containsExactly("after");
    }

    @Test
    void a_change_with_a_lower_number_that_commits_later_is_told_too() {
        try (Handle slow = DATABASE.jdbi().open()) {
            slow.begin();
            here.publish(slow, "action", "slow");
            publish("fast");
            await().atMost(PROMISED).until(() -> heard.keys.contains("fast"));

            slow.commit();
        }

        await().atMost(PROMISED).until(() -> heard.keys.contains("slow"));
        assertThat(heard.keys).containsExactly("fast", "slow");
    }

    @Test
    void a_lost_connection_is_made_again_and_everything_may_have_changed() {
        int before = heard.missed.size();

        int terminated = DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE '%previous.horizon%' AND pid <> pg_backend_pid()")
                        .mapTo(Integer.class)
                        .one());

        assertThat(terminated).isGreaterThan(0);
        await().atMost(Duration.ofSeconds(10)).until(() -> heard.missed.size() > before);
        publish("later");
        await().atMost(PROMISED).until(() -> heard.keys.contains("later"));
    }

    @Test
    void a_listener_that_fails_is_told_again_and_disturbs_no_other() {
        Heard failing = new Heard() {
            @Override
            public void changed(String key) {
                throw new IllegalStateException("cannot reload " + key);
            }
        };
        elsewhere.subscribe("action", failing);
        await().atMost(PROMISED).until(() -> failing.missed.size() == 1);

        publish("OrderShipped");

        await().atMost(PROMISED).until(() -> heard.keys.contains("OrderShipped"));
        await().atMost(PROMISED).until(() -> failing.missed.size() == 2);
    }

    @Test
    void rows_older_than_an_hour_are_deleted() {
        DATABASE.jdbi()
                .useHandle(
                        handle -> handle.execute(
                                "INSERT INTO onward.change (topic, key, at) VALUES ('action', 'old', now() - interval '61 minutes'), ('action', 'young', now() - interval '59 minutes')"));

        try (ChangeFeed starting = new ChangeFeed(DATABASE.database())) {
            starting.open();

            await().atMost(PROMISED)
                    .untilAsserted(
                            () -> assertThat(storedKeys()).contains("young").doesNotContain("old"));
        }
    }

    private static List<String> storedKeys() {
        return DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT key FROM onward.change")
                        .mapTo(String.class)
                        .list());
    }

    private void publish(String key) {
        DATABASE.jdbi().useTransaction(handle -> here.publish(handle, "action", key));
    }

    /** Notes what it is told. */
    private static class Heard implements ChangeListener {

        final List<String> keys = new CopyOnWriteArrayList<>();
        final List<Boolean> missed = new CopyOnWriteArrayList<>();

        @Override
        public void changed(String key) {
            keys.add(key);
        }

        @Override
        public void mayHaveMissed() {
            missed.add(true);
        }
    }
}
