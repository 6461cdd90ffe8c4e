package dev.onward.calllog.table;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.calllog.CallRecords;
import dev.onward.calllog.CallRows;
import dev.onward.calllog.spool.RejectedRows;
import dev.onward.testsupport.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-03-10");

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    @BeforeEach
    void dropAll() {
        DATABASE.jdbi().useTransaction(handle -> Partitions.days(handle).forEach(day -> Partitions.drop(handle, day)));
    }

    @Test
    void today_and_tomorrow_are_made_ahead() {
        retention(Duration.ofDays(30)).run();
        assertThat(days()).containsExactly(TODAY, TODAY.plusDays(1));
    }

    @Test
    void only_days_that_are_wholly_older_are_dropped() {
        new CallTable(DATABASE.jdbi()).store(rowsOfDays(10));

        retention(Duration.ofDays(7)).run();

        assertThat(days())
                .containsExactlyElementsOf(
                        TODAY.minusDays(7).datesUntil(TODAY.plusDays(2)).toList());
    }

    @Test
    void a_second_round_changes_nothing() {
        retention(Duration.ofDays(1)).run();
        List<LocalDate> before = days();
        retention(Duration.ofDays(1)).run();
        assertThat(days()).isEqualTo(before);
    }

    @Test
    void a_reader_in_the_middle_holds_up_neither_the_next_writer_nor_the_round_for_long() {
        new CallTable(DATABASE.jdbi()).store(rowsOfDays(10));
        try (Handle reader = DATABASE.jdbi().open()) {
            reader.begin();
            reader.createQuery("SELECT count(*) FROM onward.call_record")
                    .mapTo(Long.class)
                    .one();

            retention(Duration.ofDays(7)).run();

            new CallTable(DATABASE.jdbi()).store(rowsOfDays(1));
            reader.rollback();
        }
        assertThat(days()).contains(TODAY.minusDays(9));

        retention(Duration.ofDays(7)).run();
        assertThat(days()).doesNotContain(TODAY.minusDays(9), TODAY.minusDays(8));
    }

    @Test
    void two_processes_that_make_the_same_day_get_along() throws Exception {
        ExecutorService second = Executors.newSingleThreadExecutor();
        try (Handle first = DATABASE.jdbi().open()) {
            first.begin();
            Partitions.make(first, List.of(TODAY));
            Future<?> other = second.submit(
                    () -> DATABASE.jdbi().useTransaction(handle -> Partitions.make(handle, List.of(TODAY))));
            await().until(() -> first.createQuery(
                            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                    .mapTo(Integer.class)
                    .one()
                    .equals(1));
            first.commit();
            other.get(20, TimeUnit.SECONDS);
        } finally {
            second.shutdown();
        }
        assertThat(days()).containsExactly(TODAY);
    }

    @Test
    void less_than_a_day_is_refused() {
        assertThatThrownBy(() -> retention(Duration.ofHours(23)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("onward.calllog.retention")
                .hasMessageContaining("PT23H");
    }

    private Retention retention(Duration duration) {
        return new Retention(DATABASE.jdbi(), new RejectedRows(folder), duration, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static List<byte[]> rowsOfDays(int days) {
        return IntStream.range(0, days)
                .mapToObj(day -> CallRows.of(
                        CallRecords.call().at(NOW.minus(Duration.ofDays(day))).build()))
                .toList();
    }

    private static List<LocalDate> days() {
        return DATABASE.jdbi().withHandle(Partitions::days);
    }
}
