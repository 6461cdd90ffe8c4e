package dev.onward.calllog.spool;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpoolDrainTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration NEVER_BY_ITSELF = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final MemorySink sink = new MemorySink();
    private SpoolDirectory directory;
    private Spool spool;
    private RejectedRows rejected;
    private SpoolDrain drain;

    @BeforeEach
    void open() {
        directory = SpoolDirectory.open(folder);
        spool = new Spool(directory, 10_000_000, Clock.systemUTC());
        rejected = new RejectedRows(directory.rejected());
        drain = new SpoolDrain(spool, sink, rejected, NEVER_BY_ITSELF);
    }

    @AfterEach
    void close() {
        spool.close();
        drain.close(PATIENCE);
        directory.close();
    }

    @Test
    void a_refused_row_is_parked_and_the_rest_of_its_batch_goes_in() throws Exception {
        appendAll(IntStream.range(0, 50).mapToObj(i -> i % 20 == 7 ? "poison " + i : "row " + i));
        drain.start();

        assertThat(drain.await(PATIENCE)).isTrue();

        assertThat(sink.rows()).hasSize(47).doesNotHaveDuplicates();
        assertThat(drain.drainedRows()).isEqualTo(47);
        assertThat(drain.rejectedRows()).isEqualTo(3);
        assertThat(parked())
                .containsExactlyInAnyOrder(
                        "# no poison please\npoison 7",
                        "# no poison please\npoison 27",
                        "# no poison please\npoison 47");
    }

    @Test
    void parked_rows_can_be_found_and_deleted() throws Exception {
        appendAll(Stream.of("poison a", "poison b"));
        drain.start();
        drain.await(PATIENCE);

        rejected.deleteIf(row -> new String(row, StandardCharsets.UTF_8).equals("poison a"));
        assertThat(parked()).containsExactly("# no poison please\npoison b");

        rejected.deleteOlderThan(Instant.now().plusSeconds(60));
        assertThat(parked()).isEmpty();
    }

    @Test
    void rows_wait_while_the_sink_is_out_of_order() throws Exception {
        sink.breakDown();
        appendAll(Stream.of("first", "second"));
        drain.start();
        assertThat(drain.await(Duration.ofMillis(300))).isFalse();
        assertThat(drain.hasCaughtUp()).isFalse();

        sink.repair();

        await().atMost(PATIENCE).until(() -> drain.await(Duration.ofMillis(100)));
        assertThat(sink.rows()).containsExactly("first", "second");
        assertThat(spool.usedBytes()).isZero();
        assertThat(spool.oldest()).isEmpty();
    }

    static Stream<Throwable> whatMayHappenToARow() {
        return Stream.of(new IllegalStateException("no row"), new NoClassDefFoundError(), new OutOfMemoryError());
    }

    @ParameterizedTest
    @MethodSource("whatMayHappenToARow")
    void a_row_that_cannot_be_made_is_told_and_holds_nobody_up(Throwable unwritable) throws Exception {
        CompletableFuture<?> failed =
                spool.reserve().orElseThrow().append(() -> sneakily(unwritable)).toCompletableFuture();
        appendAll(Stream.of("next"));
        drain.start();

        assertThat(drain.await(PATIENCE)).isTrue();
        assertThat(failed).failsWithin(PATIENCE).withThrowableThat().withCause(unwritable);
        assertThat(sink.rows()).containsExactly("next");
        assertThat(spool.usedBytes()).isZero();
    }

    @Test
    void rows_wait_while_there_is_leisure_until_somebody_asks() throws Exception {
        CountDownLatch asked = new CountDownLatch(5);
        Predicate<Duration> leisure = waited -> {
            asked.countDown();
            return true;
        };
        drain = new SpoolDrain(spool, sink, rejected, Duration.ofMillis(1), leisure);
        drain.start();
        drain.await(PATIENCE);
        appendAll(Stream.of("patient"));

        assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(sink.rows()).isEmpty();

        assertThat(drain.await(PATIENCE)).isTrue();
        assertThat(sink.rows()).containsExactly("patient");
    }

    @Test
    void leisure_is_told_how_long_rows_wait_and_ends_the_wait() throws Exception {
        Duration enough = Duration.ofMillis(30);
        drain = new SpoolDrain(spool, sink, rejected, Duration.ofMillis(1), waited -> waited.compareTo(enough) < 0);
        drain.start();
        appendAll(Stream.of("in the end"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sink.rows()).containsExactly("in the end"));
    }

    @Test
    void what_an_earlier_process_left_comes_first() throws Exception {
        appendAll(Stream.of("left over"));
        spool.close();
        directory.close();
        open();
        appendAll(Stream.of("new"));

        drain.start();

        assertThat(drain.await(PATIENCE)).isTrue();
        assertThat(drain.hasCaughtUp()).isTrue();
        assertThat(sink.rows()).containsExactly("left over", "new");
    }

    @Test
    void the_end_drains_what_is_still_there() throws Exception {
        drain.start();
        assertThat(drain.await(PATIENCE)).isTrue();
        appendAll(Stream.of("last"));

        spool.close();
        drain.close(PATIENCE);

        assertThat(sink.rows()).containsExactly("last");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> byte[] sneakily(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private void appendAll(Stream<String> rows) throws Exception {
        List<CompletableFuture<?>> written = rows.<CompletableFuture<?>>map(row -> spool.reserve()
                        .orElseThrow()
                        .append(() -> row.getBytes(StandardCharsets.UTF_8))
                        .toCompletableFuture())
                .toList();
        for (CompletableFuture<?> each : written) {
            each.get();
        }
    }

    private List<String> parked() throws Exception {
        try (Stream<Path> files = Files.list(directory.rejected())) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }
}
