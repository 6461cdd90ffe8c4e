package dev.onward.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.Outcome;
import dev.onward.calllog.search.JdbiCallLogStore;
import dev.onward.calllog.search.LogScope;
import dev.onward.calllog.search.LoggedCall;
import dev.onward.dispatch.DurableCallBuilder;
import dev.onward.dispatch.store.OutcomeStore.Again;
import dev.onward.dispatch.store.OutcomeStore.Ended;
import dev.onward.dispatch.store.OutcomeStore.Waiting;
import dev.onward.dispatch.store.OutcomeStore.Written;
import dev.onward.dispatch.store.PendingStore.Cancelled;
import dev.onward.dispatch.store.QueueStore.Want;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DurableStoresTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Outcome SUCCESS = new Outcome.Succeeded(200);
    private static final Duration LEASE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private StoreFixture fixture;
    private QueueStore queue;
    private OutcomeStore outcomes;
    private PendingStore pending;
    private final UUID worker = UUID.randomUUID();

    @BeforeEach
    void open() {
        fixture = StoreFixture.open(DATABASE, folder);
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
    void calls_of_a_lane_are_claimed_in_the_order_of_their_acceptance() throws SQLException {
        List<DurableCall> calls = accept(10);
        assertThat(ids(claim(4))).containsExactlyElementsOf(idsOf(calls.subList(0, 4)));
        assertThat(ids(claim(100))).containsExactlyElementsOf(idsOf(calls.subList(4, 10)));
        assertThat(claim(100)).isEmpty();
    }

    @Test
    void a_claimed_call_is_as_it_was_accepted() throws SQLException {
        DurableCall call =
                DurableCallBuilder.call().of("p\u0000\\\ud800").sentAtMostOnce().build();
        fixture.accept(List.of(call));
        assertThat(claim(1)).singleElement().satisfies(claim -> {
            assertThat(claim.call()).isEqualTo(call);
            assertThat(claim.attempts()).isZero();
            assertThat(claim.inDoubt()).isFalse();
        });
    }

    @Test
    void only_lanes_with_calls_that_may_be_claimed_are_found() throws SQLException {
        DurableCall one =
                DurableCallBuilder.call().in("b").to("https://x.test:443").build();
        DurableCall two =
                DurableCallBuilder.call().in("a").to("https://y.test:443").build();
        DurableCall three =
                DurableCallBuilder.call().in("a").to("https://x.test:443").build();
        fixture.accept(List.of(
                one,
                two,
                three,
                DurableCallBuilder.call().in("b").to("https://x.test:443").build()));
        assertThat(queue.lanes()).containsExactly(three.lane(), two.lane(), one.lane());
        queue.claim(worker, List.of(new Want(two.lane(), 5)));
        assertThat(queue.lanes()).containsExactly(three.lane(), one.lane());
    }

    @Test
    void each_journey_has_a_lane_of_its_own() throws SQLException {
        List<DurableCall> calls = Stream.of("a\u0000", "a\u0000", "b", "")
                .map(journey -> DurableCallBuilder.call().ofJourney(journey).build())
                .toList();
        fixture.accept(calls);
        assertThat(queue.lanes())
                .containsExactlyInAnyOrder(
                        calls.get(0).lane(), calls.get(2).lane(), calls.get(3).lane());
        List<Want> oneOfEach =
                queue.lanes().stream().map(lane -> new Want(lane, 1)).toList();
        assertThat(ids(queue.claim(worker, oneOfEach)))
                .containsExactlyElementsOf(idsOf(List.of(calls.get(0), calls.get(2), calls.get(3))));
    }

    @Test
    void what_may_be_sent_at_most_once_is_in_doubt_only_when_it_was_told_that_it_is_about_to_be_sent()
            throws SQLException {
        fixture.accept(
                Stream.generate(() -> DurableCallBuilder.call().sentAtMostOnce().build())
                        .limit(3)
                        .toList());
        List<Claim> claims = claim(2);
        Claim.Id begun = claims.get(0).id();
        assertThat(queue.tellBegun(List.of(begun))).containsExactly(begun);
        expireLease(worker);
        queue.takeOver();
        assertThat(queue.tellBegun(List.of(begun, claims.get(1).id()))).isEmpty();
        UUID other = UUID.randomUUID();
        queue.renew(other, LEASE, true);
        assertThat(queue.claim(other, List.of(new Want(lane(), 10))))
                .extracting(Claim::inDoubt)
                .containsExactly(true, false, false);
    }

    @Test
    void a_call_that_was_not_sent_after_all_is_in_doubt_no_more() throws SQLException {
        fixture.accept(List.of(DurableCallBuilder.call().sentAtMostOnce().build()));
        List<Claim> claims = claim(1);
        queue.tellBegun(List.of(claims.get(0).id()));
        putBack(claims, new Waiting.Ready());
        claim(1);
        expireLease(worker);
        queue.takeOver();
        UUID other = UUID.randomUUID();
        queue.renew(other, LEASE, true);
        assertThat(queue.claim(other, List.of(new Want(lane(), 10))))
                .extracting(Claim::inDoubt)
                .containsExactly(false);
    }

    @Test
    void a_worker_of_an_older_version_does_not_tell_what_it_begins() throws SQLException {
        fixture.accept(List.of(DurableCallBuilder.call().sentAtMostOnce().build()));
        DATABASE.jdbi().useHandle(handle -> handle.execute("UPDATE onward.dispatch_worker SET tells_begun = false"));
        claim(1);
        expireLease(worker);
        queue.takeOver();
        UUID other = UUID.randomUUID();
        queue.renew(other, LEASE, true);
        assertThat(queue.claim(other, List.of(new Want(lane(), 10))))
                .extracting(Claim::inDoubt)
                .containsExactly(true);
    }

    @Test
    void without_a_lease_nothing_is_claimed() throws SQLException {
        accept(1);
        UUID nobody = UUID.randomUUID();
        Want want = new Want(lane(), 1);
        assertThatThrownBy(() -> queue.claim(nobody, List.of(want))).isInstanceOf(LeaseLostException.class);
        queue.renew(nobody, Duration.ZERO, true);
        assertThatThrownBy(() -> queue.claim(nobody, List.of(want))).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void the_record_of_an_end_is_in_the_log_when_the_call_is_out_of_the_queue() throws SQLException {
        DurableCall call = accept(1).get(0);
        List<Claim> claims = claim(1);
        Written written = end(claims);
        assertThat(written.ended()).containsExactly(claims.get(0).id());
        assertThat(logged(call)).map(LoggedCall::outcome).contains("succeeded");
        assertThat(fixture.queued()).isZero();
    }

    @Test
    void calls_of_a_dead_worker_are_claimable_again_in_their_old_place_and_in_doubt() throws SQLException {
        List<DurableCall> calls = accept(3);
        claim(2);
        expireLease(worker);
        assertThat(queue.takeOver()).isEqualTo(2);
        UUID other = UUID.randomUUID();
        queue.renew(other, LEASE, true);
        List<Claim> claims = queue.claim(other, List.of(new Want(lane(), 10)));
        assertThat(ids(claims)).containsExactlyElementsOf(idsOf(calls));
        assertThat(claims).extracting(Claim::inDoubt).containsExactly(true, true, false);
    }

    @Test
    void a_worker_whose_lease_was_taken_away_can_neither_claim_nor_renew_nor_write_an_outcome() throws SQLException {
        DurableCall call = accept(1).get(0);
        List<Claim> old = claim(1);
        expireLease(worker);
        queue.takeOver();
        UUID other = UUID.randomUUID();
        queue.renew(other, LEASE, true);
        List<Claim> taken = queue.claim(other, List.of(new Want(lane(), 1)));

        assertThat(queue.renew(worker, LEASE, false)).isFalse();
        assertThat(end(old).ended()).isEmpty();
        assertThat(putBack(old, new Waiting.Ready()).putBack()).isEmpty();
        assertThat(logged(call)).isEmpty();

        assertThat(end(taken).ended()).containsExactly(taken.get(0).id());
        assertThat(end(old).ended()).isEmpty();
        assertThat(logged(call)).isPresent();
    }

    @Test
    void a_living_worker_keeps_its_calls() throws SQLException {
        accept(1);
        claim(1);
        assertThat(queue.takeOver()).isZero();
    }

    @Test
    void a_call_that_is_put_back_waits_for_its_time_and_keeps_its_place() throws SQLException {
        List<DurableCall> calls = accept(3);
        Instant due = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
        putBack(claim(1), new Waiting.Delayed(due));
        assertThat(queue.releaseDue(due.minusMillis(1), 10)).isZero();
        assertThat(queue.releaseDue(due, 10)).isOne();
        List<Claim> claims = claim(10);
        assertThat(ids(claims)).containsExactlyElementsOf(idsOf(calls));
        assertThat(claims.get(0).failures()).isOne();
    }

    @Test
    void attempts_of_earlier_runs_are_in_the_record_of_the_end() throws SQLException {
        DurableCall call = accept(1).get(0);
        putBack(claim(1), new Waiting.Ready());
        putBack(claim(1), new Waiting.Ready());
        end(claim(1));
        assertThat(logged(call).orElseThrow().attempts()).isEqualTo(2);
        String document = fixture.document(call);
        assertThat(document).contains("\"number\":1,").contains("\"number\":2,");
        assertThat(fixture.attempts()).isZero();
    }

    @Test
    void calls_whose_time_is_over_are_claimed_wherever_they_wait() throws SQLException {
        DurableCall ready =
                DurableCallBuilder.call().endsAfter(Duration.ofSeconds(1)).build();
        DurableCall held =
                DurableCallBuilder.call().endsAfter(Duration.ofSeconds(1)).build();
        DurableCall young = DurableCallBuilder.call().build();
        fixture.accept(List.of(held, ready, young));
        putBack(claim(1), new Waiting.Held());
        List<Claim> tooOld = queue.claimTooOld(worker, Instant.now().plusSeconds(2), 10);
        assertThat(ids(tooOld)).containsExactly(held.id().uuid(), ready.id().uuid());
        assertThat(queue.claimTooOld(worker, Instant.now().plusSeconds(2), 10)).isEmpty();
    }

    @Test
    void a_waiting_call_can_be_taken_back_a_running_one_cannot() throws SQLException {
        List<DurableCall> calls = accept(2);
        claim(1);
        LogScope scope = new LogScope(new Sandbox("prod"), Optional.empty());
        LogScope stranger = new LogScope(new Sandbox("prod"), Optional.of("key-2"));
        assertThat(pending.cancel(stranger, calls.get(1).id())).isEqualTo(Cancelled.NOT_PENDING);
        assertThat(pending.cancel(scope, calls.get(0).id())).isEqualTo(Cancelled.RUNNING);
        assertThat(pending.cancel(scope, calls.get(1).id())).isEqualTo(Cancelled.DONE);
        assertThat(pending.cancel(scope, calls.get(1).id())).isEqualTo(Cancelled.NOT_PENDING);
        assertThat(logged(calls.get(1))).map(LoggedCall::outcome).contains("cancelled");
        assertThat(claim(10)).isEmpty();
    }

    @Test
    void erasing_a_person_ends_what_waits_and_keeps_what_runs_from_being_sent_again() throws SQLException {
        DurableCall running = DurableCallBuilder.call().of("gone").build();
        DurableCall waiting = DurableCallBuilder.call().of("gone").build();
        DurableCall others = DurableCallBuilder.call().of("stays").build();
        fixture.accept(List.of(running, waiting, others));
        List<Claim> claims = claim(1);

        pending.erase(new Sandbox("prod"), "gone");

        assertThat(logged(waiting)).map(LoggedCall::outcome).contains("cancelled");
        assertThat(putBack(claims, new Waiting.Ready()).doomed())
                .containsExactly(claims.get(0).id());
        assertThat(end(claims).ended()).containsExactly(claims.get(0).id());
        assertThat(ids(claim(10))).containsExactly(others.id().uuid());
    }

    @Test
    void two_processes_that_claim_at_once_never_get_the_same_call() throws Exception {
        accept(500);
        UUID second = UUID.randomUUID();
        queue.renew(second, LEASE, true);
        QueueStore other = fixture.otherQueue(DATABASE);
        List<Claim> theirs = new ArrayList<>();
        Thread thread = new Thread(() -> claimAll(other, second, theirs));
        thread.start();
        List<Claim> ours = new ArrayList<>();
        claimAll(queue, worker, ours);
        thread.join();
        List<UUID> all = new ArrayList<>(ids(ours));
        all.addAll(ids(theirs));
        assertThat(all).hasSize(500).doesNotHaveDuplicates();
    }

    private void claimAll(QueueStore store, UUID name, List<Claim> into) {
        try {
            List<Claim> claims = store.claim(name, List.of(new Want(lane(), 7)));
            while (!claims.isEmpty()) {
                into.addAll(claims);
                claims = store.claim(name, List.of(new Want(lane(), 7)));
            }
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private List<DurableCall> accept(int count) throws SQLException {
        List<DurableCall> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(DurableCallBuilder.call().build());
        }
        fixture.accept(calls);
        return calls;
    }

    private List<Claim> claim(int most) throws SQLException {
        return queue.claim(worker, List.of(new Want(lane(), most)));
    }

    private Written end(List<Claim> claims) throws SQLException {
        return outcomes.write(
                claims.stream()
                        .map(claim -> new Ended(claim, claim.call().ended(SUCCESS, Instant.now())))
                        .toList(),
                List.of());
    }

    private Written putBack(List<Claim> claims, Waiting place) throws SQLException {
        Outcome cancelled = new Outcome.Cancelled(new CallError(CallErrorCode.CANCELLED, "why"));
        return outcomes.write(
                List.of(),
                claims.stream()
                        .map(claim -> new Again(
                                claim,
                                place,
                                true,
                                List.of(StoreFixture.attempt(claim.attempts() + 1)),
                                claim.call().ended(cancelled, Instant.now())))
                        .toList());
    }

    private static void expireLease(UUID id) {
        DATABASE.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE onward.dispatch_worker SET lease_until = clock_timestamp() - interval '1 s' WHERE id = ?",
                        id));
    }

    private static Optional<LoggedCall> logged(DurableCall call) {
        return new JdbiCallLogStore(DATABASE.jdbi())
                .find(new LogScope(call.sandbox(), Optional.empty()), call.id())
                .map(LoggedCall.WithDocument::call);
    }

    private static Lane lane() {
        return DurableCallBuilder.call().build().lane();
    }

    private static List<UUID> ids(List<Claim> claims) {
        return claims.stream().map(claim -> claim.call().id().uuid()).toList();
    }

    private static List<UUID> idsOf(List<DurableCall> calls) {
        return calls.stream().map(call -> call.id().uuid()).toList();
    }
}
