package dev.onward.calllog.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.CallId;
import dev.onward.call.CallRecord;
import dev.onward.calllog.CallRecords;
import dev.onward.calllog.CallRows;
import dev.onward.calllog.table.CallTable;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiCallLogStoreTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final LogScope ALL_OF_PROD = new LogScope(Sandbox.DEFAULT, Optional.empty());

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private JdbiCallLogStore store;

    @BeforeEach
    void empty() {
        DATABASE.jdbi().useHandle(handle -> handle.execute("TRUNCATE onward.call_record"));
        store = new JdbiCallLogStore(DATABASE.jdbi());
    }

    @Test
    void each_condition_finds_what_satisfies_it() {
        CallRecord plain = store(CallRecords.call().at(NOON));
        CallRecord other = store(CallRecords.call()
                .at(NOON.plusSeconds(1))
                .action("Other")
                .journey("Welcome")
                .profile("p-2")
                .host("other.example.com")
                .failed(503, "busy"));
        CallRecord silent = store(CallRecords.call().at(NOON.plusSeconds(2)).timedOut());

        assertThat(found(LogFilter.ALL)).containsExactly(silent.callId(), other.callId(), plain.callId());
        assertThat(found(filter(f -> f.action = "Other"))).containsExactly(other.callId());
        assertThat(found(filter(f -> f.journey = "Welcome"))).containsExactly(other.callId());
        assertThat(found(filter(f -> f.profile = "p-2"))).containsExactly(other.callId());
        assertThat(found(filter(f -> f.outcome = "failed"))).containsExactly(other.callId());
        assertThat(found(filter(f -> f.outcome = "timedOut"))).containsExactly(silent.callId());
        assertThat(found(filter(f -> f.outcome = "succeeded"))).containsExactly(plain.callId());
        assertThat(found(filter(f -> f.status = new StatusRange(500, 599)))).containsExactly(other.callId());
        assertThat(found(filter(f -> f.status = new StatusRange(202, 202)))).containsExactly(plain.callId());
        assertThat(found(filter(f -> f.host = "other.example.com"))).containsExactly(other.callId());
        assertThat(found(filter(f -> {
                    f.from = NOON;
                    f.to = NOON.plusSeconds(2);
                })))
                .containsExactly(other.callId(), plain.callId());
        assertThat(found(filter(f -> {
                    f.action = "Other";
                    f.profile = "p-1";
                })))
                .isEmpty();
    }

    @Test
    void profiles_with_a_long_common_start_are_told_apart() {
        String start = "x".repeat(200);
        CallRecord one = store(CallRecords.call().profile(start + "1"));
        store(CallRecords.call().profile(start + "2"));
        assertThat(found(filter(f -> f.profile = start + "1"))).containsExactly(one.callId());
    }

    @Test
    void conditions_are_values_not_sql() {
        store(CallRecords.call());
        assertThat(found(filter(f -> f.action = "' OR '1'='1"))).isEmpty();
        assertThat(found(filter(f -> f.profile = "\0"))).isEmpty();
    }

    @Test
    void another_sandbox_and_another_key_see_nothing() {
        CallRecord call = store(CallRecords.call().caller("key-1"));
        LogScope dev = new LogScope(new Sandbox("dev"), Optional.empty());
        LogScope own = new LogScope(Sandbox.DEFAULT, Optional.of("key-1"));
        LogScope foreign = new LogScope(Sandbox.DEFAULT, Optional.of("key-2"));

        assertThat(page(own)).hasSize(1);
        assertThat(store.find(own, call.callId())).isPresent();
        for (LogScope scope : List.of(dev, foreign)) {
            assertThat(page(scope)).isEmpty();
            assertThat(store.find(scope, call.callId())).isEmpty();
        }
    }

    @Test
    void a_call_that_began_long_after_its_id_was_made_is_found() {
        CallRecord call = CallRecords.call().at(NOON).build();
        String row =
                new String(CallRows.of(call), StandardCharsets.UTF_8).replaceFirst("2026-01-31T12", "2026-02-05T12");
        new CallTable(DATABASE.jdbi()).store(List.of(row.getBytes(StandardCharsets.UTF_8)));
        assertThat(store.find(ALL_OF_PROD, call.callId())).isPresent();
    }

    @Test
    void pages_show_each_call_once_although_calls_are_added_and_many_begin_together() {
        List<CallRecord> calls = new ArrayList<>(IntStream.range(0, 100)
                .mapToObj(i -> CallRecords.call()
                        .at(NOON.plus(Duration.ofHours(i / 10)))
                        .build())
                .toList());
        Collections.shuffle(calls);
        new CallTable(DATABASE.jdbi()).store(calls.stream().map(CallRows::of).toList());

        List<CallId> seen = new ArrayList<>();
        Optional<LogCursor> cursor = Optional.empty();
        do {
            LogPage page = store.find(new LogQuery(ALL_OF_PROD, LogFilter.ALL, cursor, 7));
            page.calls().forEach(call -> seen.add(call.callId()));
            cursor = page.next().map(LogCursor::toString).map(LogCursor::parse);
            store(CallRecords.call().at(NOON.plus(Duration.ofDays(1))));
        } while (cursor.isPresent());

        assertThat(seen)
                .containsExactlyElementsOf(calls.stream()
                        .sorted(Comparator.comparing(CallRecord::at)
                                .thenComparing(call -> call.callId().toString())
                                .reversed())
                        .map(CallRecord::callId)
                        .toList());
    }

    @Test
    void a_page_that_is_just_full_has_no_next() {
        store(CallRecords.call());
        store(CallRecords.call());
        assertThat(store.find(new LogQuery(ALL_OF_PROD, LogFilter.ALL, Optional.empty(), 2))
                        .next())
                .isEmpty();
    }

    @Test
    void every_condition_of_an_index_uses_it() {
        store(CallRecords.call().at(NOON));
        Map<String, String> indexConditions = Map.of(
                "sandbox = 'prod'", "sandbox = 'prod'",
                "sandbox = 'prod' AND action = 'a'", "action = 'a'",
                "sandbox = 'prod' AND journey = 'j'", "journey = 'j'",
                "sandbox = 'prod' AND left(profile_id, 128) = left('p', 128) AND profile_id = 'p'",
                        "\"left\"(profile_id, 128) = 'p'");
        indexConditions.forEach((where, condition) -> assertThat(plan(where))
                .containsPattern("Index Cond: .*" + Pattern.quote(condition))
                .doesNotContain("Sort"));
        assertThat(plan("sandbox = 'prod' AND outcome = 'failed' AND outcome <> 'succeeded'"))
                .contains("Index Scan")
                .doesNotContain("Sort", "<> 'succeeded'");
    }

    private static String plan(String where) {
        return DATABASE.jdbi().inTransaction(handle -> {
            handle.execute("SET LOCAL enable_seqscan = off");
            handle.execute("SET LOCAL enable_bitmapscan = off");
            return String.join(
                    "\n",
                    handle.createQuery("EXPLAIN SELECT * FROM onward.call_record WHERE " + where
                                    + " ORDER BY at DESC, call_id DESC LIMIT 50")
                            .mapTo(String.class)
                            .list());
        });
    }

    private static CallRecord store(CallRecords call) {
        CallRecord record = call.build();
        new CallTable(DATABASE.jdbi()).store(List.of(CallRows.of(record)));
        return record;
    }

    private List<LoggedCall> page(LogScope scope) {
        return store.find(new LogQuery(scope, LogFilter.ALL, Optional.empty(), 50))
                .calls();
    }

    private List<CallId> found(LogFilter filter) {
        return store.find(new LogQuery(ALL_OF_PROD, filter, Optional.empty(), 50)).calls().stream()
                .map(LoggedCall::callId)
                .toList();
    }

    private static LogFilter filter(Consumer<Wanted> wish) {
        Wanted wanted = new Wanted();
        wish.accept(wanted);
        return new LogFilter(
                Optional.ofNullable(wanted.action),
                Optional.ofNullable(wanted.journey),
                Optional.ofNullable(wanted.profile),
                Optional.ofNullable(wanted.outcome),
                Optional.ofNullable(wanted.status),
                Optional.ofNullable(wanted.host),
                Optional.ofNullable(wanted.from),
                Optional.ofNullable(wanted.to));
    }

    private static final class Wanted {
        private @Nullable String action;
        private @Nullable String journey;
        private @Nullable String profile;
        private @Nullable String outcome;
        private @Nullable StatusRange status;
        private @Nullable String host;
        private @Nullable Instant from;
        private @Nullable Instant to;
    }
}
