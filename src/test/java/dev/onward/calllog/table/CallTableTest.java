package dev.onward.calllog.table;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.call.CallRecord;
import dev.onward.calllog.CallRecords;
import dev.onward.calllog.CallRows;
import dev.onward.calllog.search.JdbiCallLogStore;
import dev.onward.calllog.search.LogScope;
import dev.onward.calllog.search.LoggedCall;
import dev.onward.calllog.spool.RowSink.RowsRefusedException;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.TestDatabase;
import dev.onward.value.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTableTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private CallTable table;

    @BeforeEach
    void empty() {
        DATABASE.jdbi().useHandle(handle -> handle.execute("TRUNCATE onward.call_record, onward.erased_profile"));
        table = new CallTable(DATABASE.jdbi());
    }

    @Test
    void rows_that_are_stored_twice_stand_there_once() {
        List<byte[]> rows = List.of(row(CallRecords.call()), row(CallRecords.call()), row(CallRecords.call()));
        table.store(rows.subList(0, 2));

        table.store(rows);

        assertThat(count()).isEqualTo(3);
    }

    @Test
    void a_batch_over_midnight_goes_into_two_partitions() {
        Instant midnight = Instant.parse("2026-02-01T00:00:00Z");
        table.store(List.of(
                row(CallRecords.call().at(midnight)), row(CallRecords.call().at(midnight.minusMillis(1)))));

        assertThat(count("onward.call_record_20260131")).isEqualTo(1);
        assertThat(count("onward.call_record_20260201")).isEqualTo(1);
    }

    @Test
    void a_row_that_is_none_is_refused_with_its_whole_batch() {
        List<byte[]> rows = List.of(row(CallRecords.call()), "nonsense\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> table.store(rows)).isInstanceOf(RowsRefusedException.class);
        assertThat(count()).isZero();
    }

    @Test
    void a_row_that_no_index_takes_is_refused() {
        Random random = new Random(7);
        StringBuilder incompressible = new StringBuilder();
        random.ints(20_000, 'a', 'z').forEach(character -> incompressible.append((char) character));
        List<byte[]> rows = List.of(row(CallRecords.call().journey(incompressible.toString())));
        assertThatThrownBy(() -> table.store(rows)).isInstanceOf(RowsRefusedException.class);
    }

    @Test
    void a_time_beyond_all_calendars_is_refused() {
        List<byte[]> rows = List.of(new String(row(CallRecords.call()), StandardCharsets.UTF_8)
                .replaceFirst("\\t[^\\t]*\\t", "\tinfinity\t")
                .getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> table.store(rows)).isInstanceOf(RowsRefusedException.class);
    }

    @Test
    void a_profile_id_of_any_length_is_stored() {
        Random random = new Random(7);
        StringBuilder id = new StringBuilder();
        random.ints(20_000, 'a', 'z').forEach(character -> id.append((char) character));
        CallRecord call = CallRecords.call().profile(id.toString()).build();
        table.store(List.of(CallRows.of(call)));
        assertThat(read(call).call().origin().profileId()).contains(id.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "a\0b",
                "\ud800",
                "\udc00\ud800",
                "\ud83d\ude00 \u20ac é",
                "\\N",
                "\\.",
                "\\",
                "\\u0000",
                "tab\tline\nreturn\rquote\"",
                "\u2028\ufffe\uffff\u0001\u001f\u007f",
                "'; DROP TABLE onward.call_record; --"
            })
    void text_of_any_kind_is_stored_and_comes_back(String text) {
        CallRecord call = CallRecords.call()
                .profile(text)
                .action(text)
                .journey(text)
                .host(text)
                .body(text)
                .headerValue(text)
                .failed(500, text)
                .build();

        table.store(List.of(CallRows.of(call)));

        LoggedCall.WithDocument read = read(call);
        assertThat(read.call().action()).isEqualTo(text);
        assertThat(read.call().host()).isEqualTo(text);
        assertThat(read.call().errorMessage()).contains(text);
        assertThat(read.call().origin()).isEqualTo(call.origin());
        var attempt = StrictJson.read(read.document().getBytes(StandardCharsets.UTF_8))
                .at("/attemptRecords/1");
        assertThat(attempt.at("/request/body").textValue()).isEqualTo(text);
        assertThat(attempt.at("/request/headers/X-Tenant").textValue()).isEqualTo(text);
    }

    @Test
    void bodies_of_the_full_size_are_stored() {
        String body = "\u0001".repeat(8 * 1024);
        CallRecord call = CallRecords.call().body(body).build();
        table.store(List.of(CallRows.of(call)));
        assertThat(StrictJson.read(read(call).document().getBytes(StandardCharsets.UTF_8))
                        .at("/attemptRecords/1/response/body")
                        .textValue())
                .isEqualTo(body);
    }

    @Test
    void erasing_leaves_no_trace_of_the_person_and_all_of_the_others() {
        CallRecord erased = CallRecords.call()
                .profile("secret-person")
                .body("secret-person")
                .build();
        CallRecord late = CallRecords.call()
                .profile("secret-person")
                .headerValue("secret-person")
                .build();
        CallRecord other = CallRecords.call().profile("secret").body("mine").build();
        CallRecord elsewhere =
                CallRecords.call().profile("secret-person").sandbox("dev").build();
        table.store(List.of(CallRows.of(erased), CallRows.of(other), CallRows.of(elsewhere)));
        LoggedCall.WithDocument otherBefore = read(other);
        LoggedCall.WithDocument elsewhereBefore = read(elsewhere);

        table.erase(Sandbox.DEFAULT, "secret-person");
        table.store(List.of(CallRows.of(late), CallRows.of(erased)));

        assertThat(rowsThatMention("secret-person")).isEqualTo(1);
        assertThat(read(other)).isEqualTo(otherBefore);
        assertThat(read(elsewhere)).isEqualTo(elsewhereBefore);
        assertThat(read(erased).call().url()).isEqualTo("https://sms.example.com");
        assertThat(read(late).call().origin().profileId()).isEmpty();
        assertThat(read(late).document()).isEqualTo("{\"attemptRecords\":[],\"warnings\":[],\"erased\":true}");
    }

    @Test
    void a_batch_that_comes_in_during_an_erasure_is_erased_too() {
        CallRecord call = CallRecords.call().profile("secret-person").build();
        table.store(List.of(row(CallRecords.call().at(call.at()))));
        CompletableFuture<Void> stored = DATABASE.jdbi().inTransaction(handle -> {
            ErasedProfiles.erase(handle, Sandbox.DEFAULT, "secret-person");
            CompletableFuture<Void> storing = CompletableFuture.runAsync(() -> table.store(List.of(CallRows.of(call))));
            await().until(CallTableTest::somebodyWaitsForALock);
            return storing;
        });
        stored.join();

        assertThat(rowsThatMention("secret-person")).isZero();
        assertThat(read(call).call().origin().profileId()).isEmpty();
    }

    @Test
    void erasing_a_profile_of_awkward_letters_finds_it() {
        CallRecord call = CallRecords.call().profile("\0\ud800\\").build();
        CallRecord alike = CallRecords.call().profile("\\u0000\\uD800\\\\").build();
        table.store(List.of(CallRows.of(call), CallRows.of(alike)));

        table.erase(Sandbox.DEFAULT, "\0\ud800\\");

        assertThat(read(call).call().origin().profileId()).isEmpty();
        assertThat(read(alike).call().origin().profileId()).isPresent();
    }

    @Test
    void what_a_person_causes_after_the_erasure_is_logged_again() {
        table.erase(Sandbox.DEFAULT, "p-1");
        CallRecord call = CallRecords.call().at(Instant.now().plusSeconds(60)).build();
        table.store(List.of(CallRows.of(call)));
        assertThat(read(call).call().origin().profileId()).contains("p-1");
    }

    private static boolean somebodyWaitsForALock() {
        return DATABASE.jdbi()
                .withHandle(handle ->
                        handle.createQuery("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                                        .mapTo(Integer.class)
                                        .one()
                                > 0);
    }

    private static byte[] row(CallRecords call) {
        return CallRows.of(call.build());
    }

    private static LoggedCall.WithDocument read(CallRecord call) {
        return new JdbiCallLogStore(DATABASE.jdbi())
                .find(new LogScope(call.sandbox(), Optional.empty()), call.callId())
                .orElseThrow();
    }

    private static int count() {
        return count("onward.call_record");
    }

    private static int count(String from) {
        return DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + from)
                        .mapTo(Integer.class)
                        .one());
    }

    private static int rowsThatMention(String text) {
        return count("(SELECT r::text AS everything FROM onward.call_record r UNION ALL"
                + " SELECT e::text FROM onward.erased_profile e) rows WHERE everything LIKE '%" + text + "%'");
    }
}
