package dev.onward.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.CallLinks;
import dev.onward.call.CallRecord;
import dev.onward.calllog.search.JdbiCallLogStore;
import dev.onward.calllog.search.LogFilter;
import dev.onward.calllog.search.LogQuery;
import dev.onward.calllog.search.LogScope;
import dev.onward.calllog.table.CallTable;
import dev.onward.calllog.table.EndedCall;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.TestDatabase;
import dev.onward.value.StrictJson;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogJsonTest {

    private static final LogScope SCOPE = new LogScope(Sandbox.DEFAULT, Optional.empty());

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final JdbiCallLogStore store = new JdbiCallLogStore(DATABASE.jdbi());

    @BeforeEach
    void empty() {
        DATABASE.jdbi().useHandle(handle -> handle.execute("TRUNCATE onward.call_record"));
    }

    @Test
    void the_answers_have_just_the_members_that_are_published() {
        CallRecord call = stored(CallRecords.call().journey("Welcome").failed(503, "busy"));

        JsonNode page = page(1);
        JsonNode single = single(call);
        JsonNode attempts = single.get("attemptRecords");

        assertThat(names(page)).isEqualTo(published(LogSchema.Page.class));
        assertThat(names(page.at("/items/0"))).isEqualTo(published(LogSchema.Call.class));
        Set<String> ofSingle = published(LogSchema.Call.class);
        ofSingle.addAll(published(LogSchema.CallWithAttempts.class));
        ofSingle.removeAll(Set.of("erased", "nextAttemptAt", "replayOf", "callbackOf"));
        assertThat(names(single)).isEqualTo(ofSingle);
        Set<String> ofAttempts = names(attempts.get(0));
        ofAttempts.addAll(names(attempts.get(1)));
        assertThat(ofAttempts).isEqualTo(published(LogSchema.Attempt.class));
        assertThat(names(attempts.at("/1/request"))).isEqualTo(published(LogSchema.Request.class));
        assertThat(names(attempts.at("/1/response"))).isEqualTo(published(LogSchema.Response.class));
        assertThat(names(attempts.at("/1/timings"))).isEqualTo(published(LogSchema.Timings.class));
        assertThat(names(attempts.at("/0/error"))).isEqualTo(published(LogSchema.Fault.class));
        assertThat(names(single.at("/warnings/0"))).isEqualTo(published(LogSchema.Warning.class));
    }

    @Test
    void a_call_that_has_not_ended_shows_what_is_known_of_it() {
        CallRecord call = CallRecords.call().build();
        PendingCall pending = new PendingCall(
                call.callId(),
                call.at(),
                call.sandbox(),
                call.action(),
                call.actionVersion(),
                call.origin(),
                false,
                Optional.of(Instant.parse("2026-01-31T10:00:05Z")),
                1,
                "POST",
                call.url(),
                call.host(),
                List.of("{\"number\":1}"),
                CallLinks.replayOf(call.callId()));

        JsonNode shown = StrictJson.read(LogJson.pending(pending));

        Set<String> published = published(LogSchema.Call.class);
        published.addAll(published(LogSchema.CallWithAttempts.class));
        assertThat(published).containsAll(names(shown));
        assertThat(shown.get("state").textValue()).isEqualTo("waiting");
        assertThat(shown.get("nextAttemptAt").textValue()).isEqualTo("2026-01-31T10:00:05.000Z");
        assertThat(shown.get("replayOf").textValue()).isEqualTo(call.callId().toString());
        assertThat(shown.at("/attemptRecords/0/number").intValue()).isEqualTo(1);
    }

    @Test
    void a_call_that_is_about_to_be_stored_is_shown_as_it_will_be() {
        CallRecord call = CallRecords.call()
                .at(Instant.parse("2026-01-31T10:00:00Z"))
                .profile("p\u0000\\\ud800")
                .failed(503, "bu\u0000sy")
                .build();
        EndedCall ended = new EndedCall(call, List.of("{\"number\":1}"), 3, CallLinks.callbackOf(call.callId()));

        String before = LogJson.ended(ended, 1_000_000);

        new CallTable(DATABASE.jdbi()).store(List.of(CallRows.of(ended)));
        assertThat(Definitions.parse(before)).isEqualTo(single(call));
        assertThat(single(call).get("callbackOf").textValue())
                .isEqualTo(call.callId().toString());
    }

    @Test
    void a_call_that_is_too_long_to_be_told_is_told_without_its_attempts() {
        EndedCall ended = EndedCall.of(CallRecords.call().failed(503, "busy").build());
        int length = LogJson.ended(ended, Integer.MAX_VALUE).length();

        JsonNode whole = Definitions.parse(LogJson.ended(ended, length));
        JsonNode bare = Definitions.parse(LogJson.ended(ended, length - 1));

        assertThat(whole.get("attemptRecords")).hasSize(2);
        assertThat(bare.get("attemptRecords")).isEmpty();
        assertThat(bare.get("attempts").intValue()).isEqualTo(2);
        assertThat(bare.get("outcome")).isEqualTo(whole.get("outcome"));
    }

    @Test
    void values_are_those_of_the_call() {
        CallRecord call = stored(CallRecords.call()
                .at(Instant.parse("2026-01-31T10:00:00Z"))
                .profile("p\ud800")
                .failed(503, "busy"));

        JsonNode single = single(call);

        assertThat(single.get("callId").textValue()).isEqualTo(call.callId().toString());
        assertThat(single.get("at").textValue()).isEqualTo("2026-01-31T10:00:00.000Z");
        assertThat(single.get("profileId").textValue()).isEqualTo("p\ud800");
        assertThat(single.get("jo_status_code").textValue()).isEqualTo("http_503");
        assertThat(single.get("attempts").intValue()).isEqualTo(2);
        assertThat(single.get("elapsedMs").longValue()).isEqualTo(412);
        assertThat(single.at("/error/code").textValue()).isEqualTo("response-says-failure");
        assertThat(single.get("state").textValue()).isEqualTo("ended");
        assertThat(single.at("/attemptRecords/1/response/headers/Via").textValue())
                .isEqualTo("a, b");
        assertThat(single.at("/attemptRecords/0/retryInMs").intValue()).isEqualTo(150);
        assertThat(single.at("/attemptRecords/0/timings/connectMs").isMissingNode())
                .isTrue();
    }

    @Test
    void the_last_page_has_a_null_for_next() {
        assertThat(page(50).toString()).isEqualTo("{\"items\":[],\"next\":null}");
    }

    private JsonNode page(int limit) {
        return StrictJson.read(LogJson.page(store.find(new LogQuery(SCOPE, LogFilter.ALL, Optional.empty(), limit))));
    }

    private JsonNode single(CallRecord call) {
        return StrictJson.read(LogJson.single(store.find(SCOPE, call.callId()).orElseThrow()));
    }

    private static CallRecord stored(CallRecords call) {
        CallRecord record = call.build();
        new CallTable(DATABASE.jdbi()).store(List.of(CallRows.of(record)));
        return record;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> published(Class<?> schema) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(schema.getRecordComponents())
                .map(RecordComponent::getName)
                .forEach(names::add);
        return names;
    }
}
