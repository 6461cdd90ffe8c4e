package dev.onward.journey.entry;

import static dev.onward.journey.entry.EventFixture.SANDBOX;
import static dev.onward.journey.entry.EventFixture.sent;
import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.journey.entry.EventStore.Sent;
import dev.onward.journey.entry.EventStore.Stored;
import dev.onward.journey.entry.TroubledEvents.Trouble;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TroubledEventsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Sandbox OTHER = new Sandbox("other");
    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00.123Z");

    private EventFixture events;

    @BeforeEach
    void open() {
        events = EventFixture.open(DATABASE);
    }

    @Test
    void an_event_is_put_off_for_a_minute_and_then_twice_as_long_each_time_up_to_an_hour() throws SQLException {
        long a = accepted(sent("a")).get(0);
        List<Long> minutes = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Trouble trouble = events.troubled().putOff(a, NOW).orElseThrow();
            assertThat(trouble.tries()).isEqualTo(i + 1);
            minutes.add(Duration.between(NOW, trouble.next().orElseThrow()).toMinutes());
        }
        assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        assertThat(takenAt(NOW.plus(Duration.ofMinutes(59)))).isEmpty();
        assertThat(takenAt(NOW.plus(Duration.ofMinutes(61)))).containsExactly("a");
    }

    @Test
    void only_the_event_that_failed_is_put_off() throws SQLException {
        List<Long> places = accepted(sent("a"), sent("b"), sent("c"));
        assertThat(events.troubled().putOff(places.get(1), NOW))
                .map(Trouble::eventId)
                .contains("b");
        assertThat(takenAt(NOW)).containsExactly("a", "c");
    }

    @Test
    void an_event_that_another_process_has_or_had_is_left_alone() throws SQLException {
        long a = accepted(sent("a")).get(0);
        EventFixture other = EventFixture.of(DATABASE.openAgain(), new EventFixture.Limits(10, 10_000));
        DATABASE.jdbi().useTransaction(handle -> {
            events.store().lockFirst(handle, NOW, Optional.empty());
            assertThat(other.troubled().putOff(a, NOW)).isEmpty();
        });
        assertThat(takenAt(NOW)).containsExactly("a");
        assertThat(events.troubled().putOff(a, NOW)).isEmpty();
    }

    @Test
    void after_the_last_try_it_is_set_aside_as_it_is_and_takes_no_room() throws SQLException {
        events.room().take(SANDBOX, sent("a").event().bytes());
        long a = accepted(sent("a")).get(0);
        Trouble last = setAside(a);
        assertThat(last).isEqualTo(new Trouble(SANDBOX, "a", TroubledEvents.MOST_TRIES, Optional.empty()));
        assertThat(events.room().used()).isZero();
        assertThat(events.store().depths()).isEmpty();
        assertThat(takenAt(NOW.plus(Duration.ofDays(100)))).isEmpty();
    }

    @Test
    void events_that_were_set_aside_come_back_in_their_places_when_somebody_asks() throws SQLException {
        Event odd = new Event("o\u0000\\", "Order", Optional.of("p\u0000"), "{\"a\":1.10}", "{}");
        List<Long> places = accepted(new Sent(SANDBOX, odd), sent("b"), sent(OTHER, "x"));
        places.forEach(this::setAside);
        accepted(sent("later"));
        assertThat(events.troubled().takeUp(SANDBOX)).isEqualTo(2);
        assertThat(events.troubled().takeUp(SANDBOX)).isZero();
        List<Stored> taken = events.take(10);
        assertThat(events.ids(taken)).containsExactly("o\u0000\\", "b", "later");
        assertThat(taken.get(0).event()).isEqualTo(odd);
        assertThat(taken.get(0).receivedAt()).isEqualTo(NOW);
    }

    @Test
    void one_that_came_back_is_tried_for_as_long_as_a_new_one() throws SQLException {
        long a = accepted(sent("a")).get(0);
        setAside(a);
        events.troubled().takeUp(SANDBOX);
        assertThat(events.troubled().putOff(a, NOW)).map(Trouble::tries).contains(1);
    }

    @Test
    void an_erased_profile_takes_the_events_along_that_wait_and_that_are_set_aside() throws SQLException {
        Event strangers = new Event("s", "Order", Optional.of("p-2"), "{}", "{}");
        accepted(sent("a"), sent(OTHER, "o"), new Sent(SANDBOX, strangers)).forEach(this::setAside);
        accepted(sent("waits"));
        erase();
        assertThat(events.troubled().takeUp(SANDBOX)).isOne();
        assertThat(events.troubled().takeUp(OTHER)).isOne();
        assertThat(takenAt(NOW)).containsExactlyInAnyOrder("o", "s");
    }

    @Test
    void an_event_that_is_taken_up_while_its_profile_is_erased_goes_too() throws SQLException {
        setAside(accepted(sent("a")).get(0));
        CompletableFuture<Void> erased = events.database().jdbi().inTransaction(handle -> {
            assertThat(events.troubled().takeUp(SANDBOX)).isOne();
            CompletableFuture<Void> erasing = CompletableFuture.runAsync(this::erase);
            await().until(() -> isAnyWaiting(handle));
            return erasing;
        });
        erased.join();
        assertThat(takenAt(NOW)).isEmpty();
    }

    private static boolean isAnyWaiting(Handle handle) {
        return handle.select("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
                .mapTo(Boolean.class)
                .one();
    }

    private void erase() {
        new EventEraser(events.store(), events.troubled()).erase(SANDBOX, "p-1");
    }

    private Trouble setAside(long place) {
        for (int i = 1; i < TroubledEvents.MOST_TRIES; i++) {
            assertThat(events.troubled().putOff(place, NOW).orElseThrow().next())
                    .isPresent();
        }
        return events.troubled().putOff(place, NOW).orElseThrow();
    }

    /** The places of what is stored. */
    private List<Long> accepted(Sent... sent) throws SQLException {
        events.store().accept(List.of(sent), NOW);
        return DATABASE.jdbi()
                .withHandle(handle -> handle.select("SELECT seq FROM onward.journey_event ORDER BY seq")
                        .mapTo(Long.class)
                        .list());
    }

    private List<String> takenAt(Instant now) {
        return events.ids(
                DATABASE.jdbi().inTransaction(handle -> events.store().take(handle, now, Optional.empty(), 10)));
    }
}
