package dev.onward.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.AttemptRecord;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallId;
import dev.onward.call.CallRecord;
import dev.onward.call.Outcome;
import dev.onward.calllog.search.JdbiCallLogStore;
import dev.onward.calllog.search.LogScope;
import dev.onward.calllog.search.LoggedCall;
import dev.onward.dispatch.DurableCallBuilder;
import dev.onward.dispatch.ListeningEnds;
import dev.onward.dispatch.store.CallEnds.CallEnd;
import dev.onward.dispatch.store.OutcomeStore.Again;
import dev.onward.dispatch.store.OutcomeStore.Ended;
import dev.onward.dispatch.store.OutcomeStore.Waiting;
import dev.onward.dispatch.store.PendingStore.Cancelled;
import dev.onward.dispatch.store.QueueStore.Want;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CallEndsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Outcome GOOD = new Outcome.Succeeded(200);
    private static final Outcome BAD = new Outcome.Cancelled(new CallError(CallErrorCode.CANCELLED, "why"));
    private static final LogScope ALL = new LogScope(new Sandbox("prod"), Optional.empty());
    private static final Optional<JsonNode> ANSWER = Optional.of(Definitions.parse("{\"id\":\"m-7\"}"));
    private static final Optional<JsonNode> ERROR = Optional.of(Definitions.parse("{\"error\":\"busy\"}"));

    @TempDir
    Path folder;

    private final ListeningEnds ends = new ListeningEnds();
    private UUID worker = UUID.randomUUID();
    private StoreFixture fixture;
    private QueueStore queue;
    private OutcomeStore outcomes;
    private PendingStore pending;

    @BeforeEach
    void open() {
        ListeningEnds.prepare(DATABASE.jdbi());
        fixture = StoreFixture.open(DATABASE, folder, ends);
        queue = fixture.queue();
        outcomes = fixture.outcomes();
        pending = fixture.pending();
        queue.renew(worker, LEASE, true);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void the_end_of_a_run_is_told_in_its_transaction_with_what_was_answered() throws SQLException {
        DurableCall call = accept(step().build());
        Claim claim = claim();
        CallRecord record = call.ended(GOOD, Instant.now());

        outcomes.write(List.of(new Ended(claim, record, ANSWER, ERROR)), List.of());

        assertThat(ends.told()).containsExactly(new CallEnd(call, record, 0, ANSWER, ERROR));
        assertThat(ends.committed()).isEqualTo(ends.told());
        assertThat(written()).containsExactly(call.id());
    }

    @Test
    void only_calls_of_an_instance_are_told() throws SQLException {
        accept(DurableCallBuilder.call().build());
        outcomes.write(List.of(ended(claim())), List.of());
        DurableCall waiting = accept(DurableCallBuilder.call().build());
        pending.cancel(ALL, waiting.id());
        assertThat(ends.told()).isEmpty();
    }

    @Test
    void an_end_that_cannot_be_told_is_not_written_and_can_be_told_once_more() throws SQLException {
        DurableCall call = accept(step().build());
        Claim claim = claim();
        ends.refuseOnce(call.id());

        assertThatThrownBy(() -> outcomes.write(List.of(ended(claim)), List.of()))
                .hasMessage("made to fail");
        assertThat(logged(call)).isEmpty();
        assertThat(fixture.queued()).isOne();
        assertThat(written()).isEmpty();
        assertThat(ends.committed()).isEmpty();

        outcomes.write(List.of(ended(claim)), List.of());
        assertThat(outcome(call)).contains("succeeded");
        assertThat(written()).containsExactly(call.id());
        assertThat(ends.committed()).hasSize(1);
    }

    @Test
    void nothing_is_done_afterwards_when_another_part_of_the_transaction_fails() throws SQLException {
        accept(step().build());
        Claim ending = claim();
        accept(step().build());
        Claim back = claim();
        CallRecord otherwise = back.call().ended(BAD, Instant.now());
        Again impossible = new Again(
                back, new Waiting.Ready(), true, List.of(StoreFixture.attempt(1), StoreFixture.attempt(1)), otherwise);

        assertThatThrownBy(() -> outcomes.write(List.of(ended(ending)), List.of(impossible)))
                .hasMessageContaining("durable_attempt");

        assertThat(ends.told()).hasSize(1);
        assertThat(ends.committed()).isEmpty();
        assertThat(written()).isEmpty();
    }

    @Test
    void what_fails_after_the_commit_changes_nothing() throws SQLException {
        DurableCall call = accept(step().build());
        Claim claim = claim();
        ends.breakNextHook();
        assertThat(outcomes.write(List.of(ended(claim)), List.of()).ended()).containsExactly(claim.id());
        assertThat(outcome(call)).contains("succeeded");
        DurableCall waiting = accept(step().build());
        ends.breakNextHook();
        assertThat(pending.cancel(ALL, waiting.id())).isEqualTo(Cancelled.DONE);
    }

    @Test
    void of_two_claims_of_a_call_in_one_batch_the_one_in_force_is_told_and_logged() throws SQLException {
        DurableCall call = accept(step().build());
        Claim old = claim();
        Claim inForce = takenOver();
        CallRecord failed = call.ended(BAD, Instant.now());
        CallRecord succeeded = call.ended(GOOD, Instant.now());

        OutcomeStore.Written written =
                outcomes.write(List.of(new Ended(old, failed), new Ended(inForce, succeeded)), List.of());

        assertThat(written.ended()).containsExactly(inForce.id());
        assertThat(ends.told()).extracting(CallEnd::record).containsExactly(succeeded);
        assertThat(outcome(call)).contains("succeeded");
    }

    @Test
    void a_result_that_comes_too_late_is_not_told() throws SQLException {
        accept(step().build());
        Claim old = claim();
        takenOver();
        outcomes.write(List.of(ended(old)), List.of());
        assertThat(ends.told()).isEmpty();
    }

    @Test
    void a_call_that_goes_back_into_the_queue_is_not_told() throws SQLException {
        accept(step().build());
        Claim claim = claim();
        CallRecord otherwise = claim.call().ended(BAD, Instant.now());
        outcomes.write(List.of(), List.of(new Again(claim, new Waiting.Ready(), true, List.of(), otherwise)));
        assertThat(ends.told()).isEmpty();
    }

    @Test
    void a_call_that_is_taken_back_is_told_as_cancelled() throws SQLException {
        DurableCall call = accept(step().build());
        assertThat(pending.cancel(ALL, call.id())).isEqualTo(Cancelled.DONE);
        assertThat(pending.cancel(ALL, call.id())).isEqualTo(Cancelled.NOT_PENDING);
        assertThat(ends.committed()).singleElement().satisfies(end -> {
            assertThat(end.call()).isEqualTo(call);
            assertThat(end.record().outcome().wireName()).isEqualTo("cancelled");
            assertThat(end.response()).isEmpty();
            assertThat(end.errorResponse()).isEmpty();
        });
        assertThat(written()).containsExactly(call.id());
    }

    @Test
    void attempts_of_all_runs_are_told_as_the_log_counts_them() throws SQLException {
        DurableCall run = accept(step().build());
        putBack(claim(), 1, 2);
        Claim last = claim();
        CallRecord record = run.ended(GOOD, Instant.now()).since(Duration.ZERO, List.of(StoreFixture.attempt(3)));
        outcomes.write(List.of(new Ended(last, record)), List.of());
        DurableCall takenBack = accept(step().build());
        putBack(claim(), 1);
        pending.cancel(ALL, takenBack.id());

        assertThat(ends.committed()).extracting(CallEnd::attempts).containsExactly(3, 1);
        assertThat(logged(run).map(LoggedCall::attempts)).contains(3);
        assertThat(logged(takenBack).map(LoggedCall::attempts)).contains(1);
    }

    @Test
    void a_call_is_not_taken_back_when_that_cannot_be_told() throws SQLException {
        DurableCall call = accept(step().build());
        ends.refuseOnce(call.id());
        assertThatThrownBy(() -> pending.cancel(ALL, call.id())).hasMessage("made to fail");
        assertThat(logged(call)).isEmpty();
        assertThat(claim().call()).isEqualTo(call);
        assertThat(ends.committed()).isEmpty();
    }

    @Test
    void erasing_a_person_tells_what_waits_now_and_what_runs_at_its_end_without_its_answer() throws SQLException {
        DurableCall running = accept(step().of("gone").build());
        Claim claim = claim();
        DurableCall waiting = accept(step().of("gone").build());
        accept(step().of("stays").build());

        pending.erase(new Sandbox("prod"), "gone");

        assertThat(ends.committed()).extracting(CallEnd::call).containsExactly(waiting);
        assertThat(ends.committed().get(0).record().outcome().wireName()).isEqualTo("cancelled");
        CallRecord record = running.ended(GOOD, Instant.now());
        outcomes.write(List.of(new Ended(claim, record, ANSWER, ERROR)), List.of());
        assertThat(ends.committed(running.id()))
                .containsExactly(new CallEnd(running, record, 0, Optional.empty(), Optional.empty()));
    }

    /** A run that failed with these attempts, and whose call waits again. */
    private void putBack(Claim claim, Integer... attempts) throws SQLException {
        List<AttemptRecord> made =
                Stream.of(attempts).map(StoreFixture::attempt).toList();
        CallRecord otherwise = claim.call().ended(BAD, Instant.now());
        outcomes.write(List.of(), List.of(new Again(claim, new Waiting.Ready(), true, made, otherwise)));
    }

    private static DurableCallBuilder step() {
        return DurableCallBuilder.call().inInstance(UUID.randomUUID().toString());
    }

    private DurableCall accept(DurableCall call) throws SQLException {
        fixture.accept(List.of(call));
        return call;
    }

    private Claim claim() throws SQLException {
        List<Want> oneOfEach =
                queue.lanes().stream().map(lane -> new Want(lane, 1)).toList();
        return queue.claim(worker, oneOfEach).get(0);
    }

    /** The same call as another process claims it. */
    private Claim takenOver() throws SQLException {
        queue.takeOver(worker);
        worker = UUID.randomUUID();
        queue.renew(worker, LEASE, true);
        return claim();
    }

    private static Ended ended(Claim claim) {
        return new Ended(claim, claim.call().ended(GOOD, Instant.now()));
    }

    private static List<CallId> written() {
        return ListeningEnds.written(DATABASE.jdbi());
    }

    private static Optional<String> outcome(DurableCall call) {
        return logged(call).map(LoggedCall::outcome);
    }

    private static Optional<LoggedCall> logged(DurableCall call) {
        return new JdbiCallLogStore(DATABASE.jdbi())
                .find(new LogScope(call.sandbox(), Optional.empty()), call.id())
                .map(LoggedCall.WithDocument::call);
    }
}
