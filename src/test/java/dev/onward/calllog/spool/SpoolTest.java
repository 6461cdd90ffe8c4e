package dev.onward.calllog.spool;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final long LARGE = 1_000_000;

    @TempDir
    Path folder;

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }

    @Test
    void a_full_spool_refuses_and_takes_again_after_a_segment_was_removed() throws Exception {
        Spool spool = open(2L * Spool.EXPECTED_ROW_BYTES);
        spool.reserve()
                .orElseThrow()
                .append(() -> new byte[Spool.EXPECTED_ROW_BYTES])
                .toCompletableFuture()
                .get();

        assertThat(spool.reserve()).isEmpty();

        spool.seal().segments().forEach(spool::remove);
        assertThat(spool.reserve()).isPresent();
    }

    @Test
    void places_count_until_they_are_given_back() {
        Spool spool = open(2L * Spool.EXPECTED_ROW_BYTES);
        Spool.Place first = spool.reserve().orElseThrow();
        assertThat(spool.reserve()).isPresent();
        assertThat(spool.reserve()).isEmpty();

        first.release();
        first.release();

        assertThat(spool.usedBytes()).isEqualTo(Spool.EXPECTED_ROW_BYTES);
        assertThat(spool.reserve()).isPresent();
    }

    @Test
    void an_eighth_of_the_room_is_when_the_database_should_take_rows() {
        Spool spool = open(8L * Spool.EXPECTED_ROW_BYTES);
        assertThat(spool.reserve()).isPresent();
        assertThat(spool.isFilling()).isFalse();

        assertThat(spool.reserve()).isPresent();

        assertThat(spool.isFilling()).isTrue();
    }

    @Test
    void rows_beyond_those_that_may_wait_in_the_heap_are_refused_until_the_writer_has_caught_up() throws Exception {
        Spool spool = open(LARGE * LARGE);
        CountDownLatch stalled = new CountDownLatch(1);
        CompletableFuture<Boolean> goesOn = new CompletableFuture<>();
        CompletableFuture<?> first = spool.reserve()
                .orElseThrow()
                .append(() -> {
                    stalled.countDown();
                    goesOn.join();
                    return new byte[] {1};
                })
                .toCompletableFuture();
        stalled.await();
        List<CompletableFuture<?>> taken = new ArrayList<>(List.of(first));
        Optional<Spool.Place> place = spool.reserve();
        while (place.isPresent() && taken.size() <= 2 * Spool.MAX_WAITING) {
            taken.add(append(place.get(), "row"));
            place = spool.reserve();
        }
        assertThat(taken).hasSize(Spool.MAX_WAITING + 2);

        goesOn.complete(true);

        CompletableFuture.allOf(taken.toArray(CompletableFuture[]::new)).get();
        assertThat(spool.reserve()).isPresent();
    }

    @Test
    void the_end_waits_for_places_that_were_given_out() throws Exception {
        Spool spool = open(LARGE);
        Spool.Place underWay = spool.reserve().orElseThrow();
        assertThat(spool.awaitPlaces(Duration.ZERO)).isFalse();
        assertThat(spool.reserve()).isEmpty();

        CompletableFuture<Boolean> end = CompletableFuture.supplyAsync(() -> spool.awaitPlaces(Duration.ofMinutes(1)));
        append(underWay, "row").get();
        assertThat(end.get()).isTrue();
        assertThat(sealedRows(spool)).containsExactly("row");
    }

    @Test
    void a_place_is_used_once() throws Exception {
        Spool spool = open(LARGE);
        Spool.Place place = spool.reserve().orElseThrow();
        append(place, "row").get();

        assertThat(append(place, "again")).isCompletedExceptionally();
        assertThat(sealedRows(spool)).containsExactly("row");
    }

    @Test
    void rows_survive_in_order_when_the_spool_is_opened_again() throws Exception {
        Spool spool = open(LARGE);
        for (int i = 0; i < 100; i++) {
            append(spool.reserve().orElseThrow(), "row " + i).get();
        }
        closeAll();
        toClose.clear();

        Spool again = open(LARGE);
        assertThat(again.usedBytes()).isPositive();
        assertThat(again.oldest()).isPresent();
        assertThat(sealedRows(again)).hasSize(100).startsWith("row 0", "row 1").endsWith("row 99");
    }

    @Test
    void a_segment_of_another_format_is_left_alone() throws Exception {
        Path foreign = Files.writeString(folder.resolve("calls-3-0000000000000007.segment"), "future");
        Spool spool = open(LARGE);
        assertThat(spool.seal().segments()).isEmpty();
        assertThat(foreign).exists();
    }

    @Test
    void a_second_process_is_told_that_the_spool_is_used() {
        open(LARGE);
        assertThatThrownBy(() -> SpoolDirectory.open(folder))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("used by another process")
                .hasMessageContaining("onward.data-dir");
    }

    @Test
    void a_failing_disk_fails_the_row_refuses_new_ones_and_is_tried_again() throws Exception {
        FailingDisk disk = new FailingDisk();
        Spool spool = open(LARGE, disk);
        append(spool.reserve().orElseThrow(), "before").get();
        Spool.Place place = spool.reserve().orElseThrow();
        Spool.Place unused = spool.reserve().orElseThrow();
        disk.full = true;

        CompletableFuture<?> lost = append(place, "lost");

        assertThat(lost).failsWithin(Duration.ofSeconds(10));
        assertThat(spool.reserve()).isEmpty();
        disk.full = false;
        await().until(() -> spool.reserve().isPresent());
        append(unused, "after").get();
        assertThat(sealedRows(spool)).containsExactly("before", "after");
    }

    @Test
    void what_comes_after_the_end_is_refused() {
        Spool spool = open(LARGE);
        Spool.Place place = spool.reserve().orElseThrow();
        spool.close();
        assertThat(spool.reserve()).isEmpty();
        assertThat(append(place, "late")).isCompletedExceptionally();
        assertThat(spool.usedBytes()).isZero();
    }

    private Spool open(long maxBytes) {
        return open(maxBytes, Optional.empty());
    }

    private Spool open(long maxBytes, FailingDisk disk) {
        return open(maxBytes, Optional.of(disk));
    }

    private Spool open(long maxBytes, Optional<FailingDisk> disk) {
        SpoolDirectory directory =
                disk.map(failing -> SpoolDirectory.open(folder, failing)).orElseGet(() -> SpoolDirectory.open(folder));
        Spool spool = new Spool(directory, maxBytes, Clock.systemUTC());
        toClose.add(spool);
        toClose.add(directory);
        return spool;
    }

    private static CompletableFuture<?> append(Spool.Place place, String row) {
        return place.append(() -> row.getBytes(StandardCharsets.UTF_8)).toCompletableFuture();
    }

    private static List<String> sealedRows(Spool spool) throws Exception {
        List<String> rows = new ArrayList<>();
        for (Segment segment : spool.seal().segments()) {
            segment.rows().forEach(row -> rows.add(new String(row, StandardCharsets.UTF_8)));
        }
        return rows;
    }
}
