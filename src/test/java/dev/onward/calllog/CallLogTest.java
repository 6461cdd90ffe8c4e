package dev.onward.calllog;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.call.CallRecord;
import dev.onward.call.CallRecorder.Reservation;
import dev.onward.database.DataDirectory;
import dev.onward.database.Database;
import dev.onward.database.TestServer;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CallLogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** Each test has connections of its own: what another one has ended may lie in a pool and look alive. */
    private Database database;

    private DataDirectory data;
    private Optional<CallLog> running = Optional.empty();

    @BeforeEach
    void empty() {
        database = DATABASE.openAgain();
        database.jdbi().useHandle(handle -> handle.execute("TRUNCATE onward.call_record, onward.erased_profile"));
        data = DataDirectory.open(folder);
    }

    @AfterEach
    void close() {
        running.ifPresent(CallLog::end);
        data.close();
        TestServer.close(database);
    }

    @Test
    void what_was_recorded_can_be_read_at_once() {
        CallLog log = start();
        List<CallRecord> calls = IntStream.range(0, 500)
                .mapToObj(i -> CallRecords.call().build())
                .toList();
        calls.forEach(call -> record(log, call));

        assertThat(log.awaitDrained(PATIENCE)).isTrue();

        assertThat(storedIds()).containsExactlyInAnyOrderElementsOf(ids(calls));
        assertThat(meters.get("onward.calllog.drained").functionCounter().count())
                .isEqualTo(500);
        assertThat(meters.get("onward.calllog.rejected").functionCounter().count())
                .isZero();
        assertThat(meters.get("onward.calllog.lag").gauge().value()).isZero();
    }

    @Test
    void the_end_leaves_nothing_in_the_spool() throws IOException {
        CallLog log = start();
        CallRecord call = CallRecords.call().build();
        record(log, call);

        end();

        assertThat(storedIds()).containsExactly(call.callId().uuid());
        assertThat(segments()).isEmpty();
        assertThat(log.reserve()).isEmpty();
    }

    @Test
    void every_call_that_a_killed_process_acknowledged_is_stored_once() throws Exception {
        List<UUID> acknowledged = acknowledgedUntilKilled(2_000);
        List<Path> left = segments();
        assertThat(left).isNotEmpty();
        byte[] copy = Files.readAllBytes(left.get(0));

        assertThat(start().awaitDrained(PATIENCE)).isTrue();
        end();
        Files.write(left.get(0), copy);
        assertThat(start().awaitDrained(PATIENCE)).isTrue();

        assertThat(storedIds()).doesNotHaveDuplicates().containsAll(acknowledged);
        assertThat(meters.get("onward.calllog.rejected").functionCounter().count())
                .isZero();
    }

    @Test
    void nothing_is_lost_while_the_database_goes_away_under_load() {
        CallLog log = start();
        List<CallRecord> calls = new ArrayList<>();
        try (Handle operator = database.jdbi().open()) {
            for (int outage = 0; outage < 3; outage++) {
                recordSome(log, calls);
                goAway(operator);
                recordSome(log, calls);
                comeBack(operator);
                recordSome(log, calls);
            }
            await().atMost(PATIENCE).until(() -> log.awaitDrained(Duration.ofSeconds(1)));
            assertThat(storedIds(operator)).containsExactlyInAnyOrderElementsOf(ids(calls));
        }
    }

    @Test
    void a_full_spool_refuses_and_takes_calls_again_when_the_database_is_back() {
        CallLog log = start();
        try (Handle operator = database.jdbi().open()) {
            goAway(operator);
            await().pollInterval(AT_ONCE).atMost(PATIENCE).until(() -> {
                Optional<Reservation> place = log.reserve();
                place.ifPresent(free ->
                        record(free, CallRecords.call().body("x".repeat(8_000)).build()));
                return place.isEmpty();
            });
            comeBack(operator);
        }

        await().atMost(PATIENCE).until(() -> {
            Optional<Reservation> place = log.reserve();
            place.ifPresent(Reservation::release);
            return place.isPresent();
        });
    }

    @Test
    void an_erased_person_is_found_nowhere() throws IOException {
        CallLog log = start();
        record(
                log,
                CallRecords.call()
                        .profile("secret-person")
                        .body("secret-person")
                        .build());
        record(
                log,
                CallRecords.call()
                        .profile("secret-person")
                        .journey(noIndexTakes())
                        .build());

        log.erase(Sandbox.DEFAULT, "secret-person");

        List<String> rows = database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT r::text FROM onward.call_record r")
                        .mapTo(String.class)
                        .list());
        assertThat(rows).singleElement().asString().doesNotContain("secret-person");
        assertThat(meters.get("onward.calllog.rejected").functionCounter().count())
                .isEqualTo(1);
        try (Stream<Path> parked = Files.list(folder.resolve("spool/rejected"))) {
            assertThat(parked).isEmpty();
        }
    }

    @Test
    void a_person_is_not_erased_while_calls_cannot_reach_the_database() {
        CallLog log = new CallLog(database, data, config(1024 * 1024), Clock.systemUTC(), meters);
        running = Optional.of(log);
        record(log, CallRecords.call().build());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> log.erase(Sandbox.DEFAULT, "p-1")).isInstanceOf(CallLogUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
        log.start();
    }

    private CallLog start() {
        meters.clear();
        CallLog log = new CallLog(database, data, config(2 * 1024 * 1024), Clock.systemUTC(), meters);
        log.start();
        running = Optional.of(log);
        return log;
    }

    private void end() {
        running.orElseThrow().end();
        running = Optional.empty();
    }

    private static void record(CallLog log, CallRecord call) {
        Reservation place = log.reserve()
                .orElseGet(() -> await().atMost(PATIENCE)
                        .until(log::reserve, Optional::isPresent)
                        .orElseThrow());
        record(place, call);
    }

    private static void record(Reservation place, CallRecord call) {
        place.record(call).toCompletableFuture().join();
    }

    private static void recordSome(CallLog log, List<CallRecord> calls) {
        for (int i = 0; i < 100; i++) {
            CallRecord call = CallRecords.call().build();
            record(log, call);
            calls.add(call);
        }
    }

    /** Takes the table away and ends all connections but the operator's own. */
    private static void goAway(Handle operator) {
        operator.createQuery("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()")
                .mapTo(Boolean.class)
                .list();
        operator.execute("ALTER TABLE onward.call_record RENAME TO call_record_gone");
    }

    private static void comeBack(Handle operator) {
        operator.execute("ALTER TABLE onward.call_record_gone RENAME TO call_record");
    }

    private List<UUID> acknowledgedUntilKilled(int atLeast) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpoolUntilKilled.class.getName(),
                        data.subdirectory("spool").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<UUID> acknowledged = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null && line.length() == 36; line = lines.readLine()) {
                acknowledged.add(UUID.fromString(line));
                if (acknowledged.size() == atLeast) {
                    child.toHandle().destroyForcibly();
                }
            }
        }
        child.waitFor();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(atLeast);
        return acknowledged;
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            return files.filter(file -> file.toString().endsWith(".segment"))
                    .sorted()
                    .toList();
        }
    }

    private static String noIndexTakes() {
        StringBuilder text = new StringBuilder();
        new Random(7).ints(20_000, 'a', 'z').forEach(letter -> text.append((char) letter));
        return text.toString();
    }

    private static List<UUID> ids(List<CallRecord> calls) {
        return calls.stream().map(call -> call.callId().uuid()).toList();
    }

    private List<UUID> storedIds() {
        return database.jdbi().withHandle(CallLogTest::storedIds);
    }

    private static List<UUID> storedIds(Handle handle) {
        return handle.createQuery("SELECT call_id FROM onward.call_record")
                .mapTo(UUID.class)
                .list();
    }

    private static CallLogConfig config(long spoolMaxBytes) {
        return new CallLogConfig() {
            @Override
            public Optional<Duration> retention() {
                return Optional.empty();
            }

            @Override
            public OptionalLong spoolMaxBytes() {
                return OptionalLong.of(spoolMaxBytes);
            }
        };
    }
}
