package dev.onward.calllog.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.AttemptRecord;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CapturedMessage;
import dev.onward.call.HttpMethod;
import dev.onward.call.Outcome;
import dev.onward.call.Passage;
import dev.onward.call.Timings;
import dev.onward.calllog.CallRecords;
import dev.onward.calllog.CallRows;
import dev.onward.calllog.table.CallTable;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.TestDatabase;
import dev.onward.value.InvalidException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReportsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String TWO_MINUTES = "from=2026-01-31T12:00:00Z;to=2026-01-31T12:02:00Z;";
    private static final CallError WHY = new CallError(CallErrorCode.RESET, "why");
    private static final Outcome GOOD = new Outcome.Succeeded(200);
    private static final Outcome LATE = new Outcome.TimedOut(OptionalInt.of(500), Optional.empty());
    private static final Outcome BROKEN_OFF = new Outcome.Failed(OptionalInt.empty(), Optional.of(WHY));

    private Reports reports;

    @BeforeEach
    void open() {
        DATABASE.jdbi().useHandle(handle -> handle.execute("TRUNCATE onward.call_record"));
        reports = new Reports(DATABASE.database());
    }

    @Test
    void every_figure_is_of_the_calls_that_it_is_about() {
        fill();
        assertThat(report(TWO_MINUTES + "by=none")).containsExactly(Definitions.parse("""
                { "calls": 10, "sent": 7, "succeeded": 2, "clientErrors": 2, "serverErrors": 1, "timedOut": 1, "capped": 1,
                  "skippedConsent": 1, "otherFailures": 2, "attempts": 7, "callsPerSecond": 0.083,
                  "meanMs": 314.286, "meanSucceededMs": 200.0, "p50Ms": 200, "p95Ms": 820, "p99Ms": 964,
                  "meanQueuedMs": 37.143, "p50QueuedMs": 0, "p95QueuedMs": 155, "p99QueuedMs": 191 }"""));
    }

    @Test
    void a_minute_has_the_calls_that_began_in_it() {
        fill();
        JsonNode first = Definitions.parse("""
                { "at": "2026-01-31T12:00:00.000Z", "calls": 6, "sent": 6, "succeeded": 2, "clientErrors": 2,
                  "serverErrors": 1, "timedOut": 1, "capped": 0, "skippedConsent": 0, "otherFailures": 0, "attempts": 6,
                  "callsPerSecond": 0.1,
                  "meanMs": 366.667, "meanSucceededMs": 200.0, "p50Ms": 250, "p95Ms": 850, "p99Ms": 970,
                  "meanQueuedMs": 35.0, "p50QueuedMs": 0, "p95QueuedMs": 153, "p99QueuedMs": 191 }""");
        JsonNode second = Definitions.parse("""
                { "at": "2026-01-31T12:01:00.000Z", "calls": 4, "sent": 1, "succeeded": 0, "clientErrors": 0,
                  "serverErrors": 0, "timedOut": 0, "capped": 1, "skippedConsent": 1, "otherFailures": 2, "attempts": 1,
                  "callsPerSecond": 0.067, "meanMs": 0.0, "p50Ms": 0, "p95Ms": 0, "p99Ms": 0,
                  "meanQueuedMs": 50.0, "p50QueuedMs": 50, "p95QueuedMs": 50, "p99QueuedMs": 50 }""");
        assertThat(report(TWO_MINUTES + "by=none;per=minute")).containsExactly(first, second);
    }

    @Test
    void a_day_begins_at_midnight_of_utc() {
        fill();
        assertThat(report("from=2026-01-31T00:00:00Z;to=2026-02-02T00:00:00Z;per=day;by=action"))
                .extracting(day -> day.get("at").textValue() + " "
                        + day.get("action").textValue() + " " + day.get("calls") + " " + day.get("p50Ms"))
                .containsExactly("2026-01-31T00:00:00.000Z Sms 10 200", "2026-02-01T00:00:00.000Z Other 1 600");
    }

    @Test
    void an_endpoint_is_a_host() {
        fill();
        assertThat(report(TWO_MINUTES + "by=endpoint"))
                .extracting(row -> row.get("endpoint").textValue() + " " + row.get("calls") + " " + row.get("sent")
                        + " " + row.get("clientErrors") + row.get("serverErrors") + " " + row.get("meanMs"))
                .containsExactly("a.example 6 3 10 200.0", "b.example 4 4 11 400.0");
    }

    @Test
    void where_nothing_was_sent_there_is_no_latency() {
        store(unsent("12:00:00", new Outcome.Capped(WHY), 5));
        JsonNode row = report(TWO_MINUTES + "by=none").get(0);
        assertThat(row.get("calls").intValue()).isOne();
        assertThat(row.get("sent").intValue()).isZero();
        assertThat(row.has("meanMs") || row.has("p50Ms") || row.has("p50QueuedMs"))
                .isFalse();
    }

    @Test
    void more_rows_than_can_be_given_are_refused_and_none_is_left_out() {
        store(sent("12:00:00", "a.example", GOOD, 1, 0));
        DATABASE.jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO onward.call_record (call_id, at, sandbox, action, action_version, outcome, jo_status_code,
                    attempts, elapsed_ms, method, url, host, document)
                SELECT gen_random_uuid(), at, sandbox, 'A' || n, 1, outcome, jo_status_code, 1, 1, method, url, host, document
                FROM onward.call_record, generate_series(1, 9999) n"""));
        assertThat(report(TWO_MINUTES + "by=action")).hasSize(10_000);
        store(sent("12:00:01", "a.example", GOOD, 1, 0).action("One"));
        assertRefused("by=action", "/by");
        assertRefused("by=action;per=hour", "/per");
        assertThat(report(TWO_MINUTES + "action=One")).hasSize(1);
    }

    private void assertRefused(String more, String pointer) {
        assertThatThrownBy(() -> report(TWO_MINUTES + more))
                .isInstanceOfSatisfying(
                        InvalidException.class,
                        refused -> assertThat(refused.issues())
                                .extracting(issue ->
                                        issue.pointer() + " " + issue.code().code())
                                .containsExactly(pointer + " out-of-range"));
    }

    /** Ten calls in two minutes, three of them not sent; one on the next day, and one in another sandbox. */
    private static void fill() {
        store(
                sent("12:00:10", "a.example", GOOD, 100, 0),
                sent("12:00:20", "a.example", GOOD, 500, 200),
                sent("12:00:30", "a.example", failed(404), 200, 0),
                sent("12:00:35", "b.example", failed(429), 210, 10),
                sent("12:00:45", "b.example", failed(503), 400, 0),
                sent("12:00:59.999", "b.example", LATE, 1_000, 0),
                unsent("12:01:00", new Outcome.Capped(WHY), 5),
                unsent("12:01:01", new Outcome.SkippedConsent(), 0),
                unsent("12:01:02", new Outcome.Cancelled(WHY), 60_000),
                sent("12:01:03", "b.example", BROKEN_OFF, 10, 50),
                sent("12:00:00", "b.example", GOOD, 700, 100).action("Other").at(Instant.parse("2026-02-01T00:00:00Z")),
                sent("12:00:10", "a.example", GOOD, 7_000, 0).sandbox("dev"));
    }

    private static Outcome failed(int status) {
        return new Outcome.Failed(OptionalInt.of(status), Optional.empty());
    }

    private static CallRecords unsent(String time, Outcome outcome, int millis) {
        return CallRecords.call()
                .at(Instant.parse("2026-01-31T" + time + "Z"))
                .action("Sms")
                .host("a.example")
                .outcome(outcome)
                .elapsed(Duration.ofMillis(millis))
                .attempts(List.of());
    }

    private static CallRecords sent(String time, String host, Outcome outcome, int millis, int queued) {
        Optional<Duration> no = Optional.empty();
        AttemptRecord attempt = new AttemptRecord(
                1,
                Instant.EPOCH,
                HttpMethod.POST,
                "https://" + host + "/v1",
                new CapturedMessage(List.of(), Optional.empty(), false),
                outcome.status(),
                Optional.empty(),
                Optional.empty(),
                new Timings(Optional.of(Duration.ofMillis(queued)), no, no, no, no, Duration.ofMillis(millis)),
                Passage.PLAIN,
                no);
        return unsent(time, outcome, millis).host(host).attempts(List.of(attempt));
    }

    private static void store(CallRecords... calls) {
        List<byte[]> rows =
                Arrays.stream(calls).map(CallRecords::build).map(CallRows::of).toList();
        new CallTable(DATABASE.jdbi()).store(rows);
    }

    /** The rows as clients read them. */
    private List<JsonNode> report(String parameters) {
        Map<String, List<String>> asked = Arrays.stream(parameters.split(";"))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> List.of(each[1])));
        List<JsonNode> rows = new ArrayList<>();
        reports.rows(Sandbox.DEFAULT, ReportQuery.read(asked, Instant.parse("2026-02-03T00:00:00Z")))
                .forEach(row -> rows.add(Definitions.parse(row.toString())));
        return rows;
    }
}
