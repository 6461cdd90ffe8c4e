package dev.onward.journey.entry;

import static dev.onward.journey.entry.EventFixture.SANDBOX;
import static dev.onward.journey.entry.EventFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.journey.entry.EventStore.Sent;
import dev.onward.journey.entry.EventStore.Stored;
import dev.onward.sandbox.Quota.Depth;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.TestDatabase;
import dev.onward.testsupport.Together;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventStoreTest {

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
    void an_event_comes_out_as_it_went_in() throws SQLException {
        String payload = "{\"price\":20.10,\"big\":12345678901234567890.123,\"text\":\"a\\u0000\\ud800\\\\é😀\"}";
        Event event = new Event("e\u0000\\1", "Order", Optional.of("p\u0000\ud800"), payload, "{\"n\":1E+3}");
        events.store().accept(List.of(new Sent(SANDBOX, event)), NOW);
        assertThat(events.take(10)).singleElement().satisfies(stored -> {
            assertThat(stored.event()).isEqualTo(event);
            assertThat(stored.sandbox()).isEqualTo(SANDBOX);
            assertThat(stored.receivedAt()).isEqualTo(NOW);
        });
        assertThat(events.take(10)).isEmpty();
    }

    @Test
    void what_was_accepted_waits_for_another_process_when_this_one_is_gone() throws SQLException {
        events.store().accept(List.of(sent("a"), sent("b")), NOW);
        EventFixture next = EventFixture.of(DATABASE.openAgain(), new EventFixture.Limits(10, 10_000));
        next.room().count(next.store()::depths);
        assertThat(next.room().used()).isEqualTo(2);
        assertThat(next.ids(next.take(10))).containsExactly("a", "b");
        assertThat(next.room().used()).isZero();
    }

    @Test
    void events_whose_transaction_does_not_commit_come_again() throws SQLException {
        events.room().take(SANDBOX, 100);
        events.store().accept(List.of(sent("a")), NOW);
        assertThatThrownBy(() -> DATABASE.jdbi().useTransaction(handle -> {
                    assertThat(events.store().take(handle, NOW, Optional.empty(), 10))
                            .hasSize(1);
                    throw new IllegalStateException("dies");
                }))
                .hasMessage("dies");
        assertThat(events.room().used()).isOne();
        assertThat(events.ids(events.take(10))).containsExactly("a");
        assertThat(events.room().used()).isZero();
    }

    @Test
    void two_processes_never_take_the_same_event() throws SQLException {
        events.store().accept(List.of(sent("a"), sent("b"), sent("c")), NOW);
        EventFixture other = EventFixture.of(DATABASE.openAgain(), new EventFixture.Limits(10, 10_000));
        DATABASE.jdbi().useTransaction(handle -> {
            assertThat(events.ids(events.store().take(handle, NOW, Optional.empty(), 2)))
                    .containsExactly("a", "b");
            assertThat(other.ids(other.take(10))).containsExactly("c");
        });
        assertThat(other.take(10)).isEmpty();
    }

    @Test
    void the_oldest_come_first_and_some_sandboxes_can_be_left_alone() throws SQLException {
        events.store().accept(List.of(sent("c"), sent(OTHER, "x")), NOW);
        events.store().accept(List.of(sent("a"), sent("b")), NOW);
        List<Stored> taken =
                DATABASE.jdbi().inTransaction(handle -> events.store().take(handle, NOW, Optional.of(SANDBOX), 2));
        assertThat(events.ids(taken)).containsExactly("c", "a");
        assertThat(taken).isSortedAccordingTo((one, two) -> Long.compare(one.sequence(), two.sequence()));
        assertThat(events.ids(events.take(10))).containsExactly("x", "b");
    }

    @Test
    void only_as_many_bytes_are_taken_as_the_memory_bears() throws SQLException {
        String half = "{\"t\":\"" + "x".repeat((int) EventStore.MOST_BYTES_TAKEN / 2) + "\"}";
        events.store()
                .accept(
                        List.of(
                                sent(SANDBOX, "a", half),
                                sent(SANDBOX, "b", half),
                                sent(SANDBOX, "c", half),
                                sent("d")),
                        NOW);
        assertThat(events.ids(events.take(10))).containsExactly("a", "b");
        assertThat(events.ids(events.take(10))).containsExactly("c", "d");
    }

    @Test
    void an_event_is_new_once_in_its_sandbox() throws SQLException {
        assertThat(events.store().accept(List.of(sent("a"), sent("b"), sent("a"), sent(OTHER, "a")), NOW))
                .containsExactly(true, true, false, true);
        assertThat(events.store().accept(List.of(sent("b"), sent("c")), NOW.plusSeconds(1)))
                .containsExactly(false, true);
        events.take(10);
        assertThat(events.store().accept(List.of(sent("a")), NOW)).containsExactly(false);
        assertThat(events.take(10)).isEmpty();
    }

    @Test
    void of_processes_that_are_told_the_same_events_at_once_one_takes_each() {
        EventFixture other = EventFixture.of(DATABASE.openAgain(), new EventFixture.Limits(10_000, 10_000_000));
        List<Sent> forth = IntStream.range(0, 400).mapToObj(i -> sent("e-" + i)).toList();
        List<Sent> back = new ArrayList<>(forth);
        Collections.reverse(back);
        for (int round = 0; round < 5; round++) {
            DATABASE.jdbi().useHandle(handle -> handle.execute("TRUNCATE onward.journey_event, onward.event_seen"));
            List<Boolean> told = new CopyOnWriteArrayList<>();
            List<Optional<RuntimeException>> ends = Together.run(
                    2, number -> told.addAll(number == 0 ? accepted(events, forth) : accepted(other, back)));
            assertThat(ends).containsOnly(Optional.empty());
            assertThat(told.stream().filter(isNew -> isNew)).hasSize(400);
            assertThat(events.ids(events.take(1_000))).hasSize(400).doesNotHaveDuplicates();
        }
    }

    @Test
    void an_event_is_known_for_seven_days_to_the_millisecond() throws SQLException {
        events.store().accept(List.of(sent("a")), NOW);
        Instant lastMoment = NOW.plus(Duration.ofDays(7)).minusMillis(1);
        assertThat(events.seen().forgetOld(lastMoment, 10)).isZero();
        assertThat(events.store().accept(List.of(sent("a")), lastMoment)).containsExactly(false);
        assertThat(events.store().accept(List.of(sent("a")), lastMoment.plusMillis(1)))
                .containsExactly(true);
        assertThat(events.store().accept(List.of(sent("a")), lastMoment.plusMillis(2)))
                .containsExactly(false);
    }

    @Test
    void an_event_is_taken_though_the_clock_was_set_back() throws SQLException {
        events.store().accept(List.of(sent("a")), NOW);
        Instant before = NOW.minus(Duration.ofHours(1));
        assertThat(events.store().accept(List.of(sent("a"), sent("b")), before)).containsExactly(false, true);
        List<Stored> taken =
                DATABASE.jdbi().inTransaction(handle -> events.store().take(handle, before, Optional.empty(), 10));
        assertThat(events.ids(taken)).containsExactly("a", "b");
        assertThat(events.store().accept(List.of(sent("a")), NOW.plus(Duration.ofHours(1))))
                .containsExactly(false);
    }

    @Test
    void old_ids_are_forgotten_a_few_at_a_time() throws SQLException {
        events.store().accept(List.of(sent("a"), sent("b"), sent("c")), NOW);
        events.store().accept(List.of(sent("d")), NOW.plusSeconds(1));
        Instant later = NOW.plus(SeenEvents.KEPT);
        assertThat(events.seen().forgetOld(later, 2)).isEqualTo(2);
        assertThat(events.seen().forgetOld(later, 2)).isOne();
        assertThat(events.seen().forgetOld(later, 2)).isZero();
        assertThat(seenIds()).containsExactly("d");
    }

    @Test
    void an_erased_profile_takes_its_events_along_and_nobody_elses() throws SQLException {
        Event stranger = new Event("s", "Order", Optional.of("p-2"), "{}", "{}");
        Event nobodys = new Event("n", "Order", Optional.empty(), "{}", "{}");
        Event awkward = new Event("k", "Order", Optional.of("p\u0000\\"), "{}", "{}");
        List<Sent> all = List.of(
                sent("a"),
                sent("b"),
                sent(OTHER, "o"),
                new Sent(SANDBOX, stranger),
                new Sent(SANDBOX, nobodys),
                new Sent(SANDBOX, awkward));
        all.forEach(each -> events.room().take(each.sandbox(), each.event().bytes()));
        events.store().accept(all, NOW);
        events.store().erase(SANDBOX, "p-1");
        events.store().erase(SANDBOX, "p\u0000\\");
        events.store().erase(SANDBOX, "unknown");
        assertThat(events.room().used()).isEqualTo(3);
        assertThat(events.ids(events.take(10))).containsExactly("o", "s", "n");
    }

    @Test
    void the_first_event_that_nobody_has_is_chosen_and_taken_on_its_own() throws SQLException {
        events.store().accept(List.of(sent(OTHER, "x"), sent("a"), sent("b")), NOW);
        EventFixture other = EventFixture.of(DATABASE.openAgain(), new EventFixture.Limits(10, 10_000));
        DATABASE.jdbi().useTransaction(handle -> {
            long a = events.store().lockFirst(handle, NOW, Optional.of(SANDBOX)).orElseThrow();
            assertThat(other.ids(other.take(10))).containsExactly("x", "b");
            assertThat(events.ids(events.store().take(handle, a))).containsExactly("a");
            assertThat(events.store().lockFirst(handle, NOW, Optional.of(SANDBOX)))
                    .isEmpty();
        });
        assertThat(events.take(10)).isEmpty();
    }

    @Test
    void what_waits_is_counted_by_sandbox() throws SQLException {
        events.store().accept(List.of(sent("a"), sent("b"), sent(OTHER, "a")), NOW);
        int bytes = sent("a").event().bytes();
        assertThat(events.store().depths())
                .containsExactlyInAnyOrder(new Depth(SANDBOX, 2, 2L * bytes), new Depth(OTHER, 1, bytes));
    }

    private static List<Boolean> accepted(EventFixture process, List<Sent> sent) {
        try {
            return process.store().accept(sent, NOW);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static List<String> seenIds() {
        return DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT event_id FROM onward.event_seen")
                        .mapTo(String.class)
                        .list());
    }
}
