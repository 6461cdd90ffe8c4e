package dev.onward.dispatch.store;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.CallbackReceiver;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRecord;
import dev.onward.call.Outcome;
import dev.onward.calllog.search.JdbiCallLogStore;
import dev.onward.calllog.search.LogScope;
import dev.onward.dispatch.DurableCallBuilder;
import dev.onward.dispatch.store.OutcomeStore.Again;
import dev.onward.dispatch.store.OutcomeStore.Ended;
import dev.onward.dispatch.store.OutcomeStore.Waiting;
import dev.onward.dispatch.store.OutcomeStore.Written;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CallbackCallsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String URL = "https://receiver.test/hook?for=a%5Cb";
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Outcome GOOD = new Outcome.Succeeded(200);
    private static final Outcome BAD = new Outcome.Cancelled(new CallError(CallErrorCode.CANCELLED, "why"));
    private static final Sandbox SANDBOX = new Sandbox("prod");
    private static final LogScope ALL = new LogScope(SANDBOX, Optional.empty());

    /** One waits for the other, and the common pool may have a single thread. */
    private static final Executor OWN_THREAD = task -> new Thread(task).start();

    @TempDir
    Path folder;

    private final UUID worker = UUID.randomUUID();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private StoreFixture fixture;

    @BeforeEach
    void open() {
        fixture = StoreFixture.open(DATABASE, folder, this::holdUp);
        fixture.queue().renew(worker, LEASE, true);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void neither_the_end_nor_its_callback_is_written_when_their_transaction_fails() throws SQLException {
        accept(telling().build());
        Claim ended = claim();
        accept(telling().build());
        Claim back = claim();
        Again impossible = new Again(
                back,
                new Waiting.Ready(),
                true,
                List.of(StoreFixture.attempt(1), StoreFixture.attempt(1)),
                back.call().ended(BAD, Instant.now()));

        assertThatThrownBy(() -> fixture.outcomes().write(List.of(ended(ended)), List.of(impossible)))
                .hasMessageContaining("durable_attempt");

        assertThat(callbacks()).isEmpty();
        assertThat(isLogged(ended.call())).isFalse();

        Written written = end(ended);
        assertThat(callbacks()).containsExactlyElementsOf(written.callbacks()).hasSize(1);
        assertThat(isLogged(ended.call())).isTrue();
    }

    @Test
    void an_end_that_is_written_again_is_not_told_again() throws SQLException {
        accept(telling().build());
        Claim claim = claim();
        end(claim);
        assertThat(end(claim).callbacks()).isEmpty();
        assertThat(callbacks()).hasSize(1);
    }

    @Test
    void of_two_claims_of_a_call_the_one_in_force_is_told() throws SQLException {
        DurableCall call = accept(telling().build());
        Claim old = claim();
        fixture.queue().takeOver(worker);
        fixture.queue().renew(worker, LEASE, true);
        Claim inForce = claim();

        Written written = fixture.outcomes()
                .write(List.of(new Ended(old, call.ended(BAD, Instant.now())), ended(inForce)), List.of());

        assertThat(written.callbacks()).hasSize(1);
        assertThat(told(callbacks().get(0)).get("outcome").textValue()).isEqualTo("succeeded");
    }

    @Test
    void a_callback_is_a_call_of_the_same_caller_and_person_in_the_lane_of_its_receiver() throws SQLException {
        DurableCall call = accept(telling().of("p\u0000\\\ud800").build());

        end(claim());

        assertThat(callbacks()).singleElement().satisfies(callback -> {
            assertThat(callback.lane())
                    .isEqualTo(new Lane(SANDBOX, "https://receiver.test:443", CallbackReceiver.ACTION, ""));
            assertThat(callback.origin()).isEqualTo(call.origin());
            assertThat(callback.links().callbackOf()).contains(call.id());
            assertThat(callback.target().url()).isEqualTo(URL);
            assertThat(callback.callback()).isEmpty();
            assertThat(told(callback).get("callId").textValue())
                    .isEqualTo(call.id().toString());
            assertThat(told(callback).get("state").textValue()).isEqualTo("ended");
        });
    }

    @Test
    void a_callback_is_told_to_nobody_and_not_kept_for_a_replay() throws SQLException {
        accept(telling().build());
        end(claim());
        assertThat(kept()).isOne();
        end(claim());
        assertThat(fixture.queued()).isZero();
        assertThat(kept()).isOne();
    }

    @Test
    void a_call_that_goes_back_into_the_queue_is_not_told() throws SQLException {
        accept(telling().build());
        Claim claim = claim();
        CallRecord otherwise = claim.call().ended(BAD, Instant.now());
        Again again = new Again(claim, new Waiting.Ready(), true, List.of(StoreFixture.attempt(1)), otherwise);
        assertThat(fixture.outcomes().write(List.of(), List.of(again)).callbacks())
                .isEmpty();
        assertThat(callbacks()).isEmpty();
    }

    @Test
    void a_call_that_is_taken_back_is_told_once_with_its_attempts() throws SQLException {
        DurableCall call = accept(telling().build());
        Claim claim = claim();
        CallRecord otherwise = claim.call().ended(BAD, Instant.now());
        fixture.outcomes()
                .write(
                        List.of(),
                        List.of(new Again(
                                claim, new Waiting.Ready(), true, List.of(StoreFixture.attempt(1)), otherwise)));

        assertThat(fixture.pending().cancel(ALL, call.id())).isEqualTo(Cancelled.DONE);
        assertThat(fixture.pending().cancel(ALL, call.id())).isEqualTo(Cancelled.NOT_PENDING);

        assertThat(callbacks()).singleElement().satisfies(callback -> {
            assertThat(told(callback).get("outcome").textValue()).isEqualTo("cancelled");
            assertThat(told(callback).get("attemptRecords")).hasSize(1);
        });
    }

    @Test
    void what_belongs_to_an_erased_person_is_not_told() throws SQLException {
        accept(telling().of("gone").build());
        Claim running = claim();
        accept(telling().of("gone").build());
        accept(telling().of("stays").build());

        fixture.pending().erase(SANDBOX, "gone");
        end(running);

        assertThat(callbacks()).isEmpty();
        assertThat(fixture.queued()).isOne();
    }

    @Test
    void a_callback_that_waits_is_erased_with_its_person() throws SQLException {
        accept(telling().of("gone").build());
        end(claim());
        fixture.pending().erase(SANDBOX, "gone");
        assertThat(fixture.queued()).isZero();
    }

    @Test
    void the_callback_of_a_call_that_ends_while_its_person_is_erased_is_erased_as_well() throws Exception {
        accept(telling().of("gone").inInstance("i-1").build());
        Claim claim = claim();
        CompletableFuture<Void> end = CompletableFuture.runAsync(() -> endUnchecked(claim), OWN_THREAD);
        assertThat(ending.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> erasure =
                CompletableFuture.runAsync(() -> fixture.pending().erase(SANDBOX, "gone"), OWN_THREAD);
        await().until(CallbackCallsTest::somebodyWaitsForALock);

        mayEnd.countDown();

        CompletableFuture.allOf(end, erasure).get(20, TimeUnit.SECONDS);
        assertThat(isLogged(claim.call())).isTrue();
        assertThat(fixture.queued()).isZero();
    }

    /** Keeps the transaction open that ends a call of the instance. */
    private Runnable holdUp(Handle handle, List<CallEnds.CallEnd> ends) {
        ending.countDown();
        try {
            assertThat(mayEnd.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        return () -> {};
    }

    private static boolean somebodyWaitsForALock() {
        return DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
                        .mapTo(Boolean.class)
                        .one());
    }

    private static DurableCallBuilder telling() {
        return DurableCallBuilder.call().tells(URL);
    }

    private DurableCall accept(DurableCall call) throws SQLException {
        fixture.accept(List.of(call));
        return call;
    }

    private Claim claim() throws SQLException {
        List<Want> oneOfEach =
                fixture.queue().lanes().stream().map(lane -> new Want(lane, 1)).toList();
        return fixture.queue().claim(worker, oneOfEach).get(0);
    }

    private Written end(Claim claim) throws SQLException {
        return fixture.outcomes().write(List.of(ended(claim)), List.of());
    }

    private void endUnchecked(Claim claim) {
        try {
            end(claim);
        } catch (SQLException failure) {
            throw new DispatchStoreException(failure);
        }
    }

    private static Ended ended(Claim claim) {
        return new Ended(claim, claim.call().ended(GOOD, Instant.now()));
    }

    private static JsonNode told(DurableCall callback) {
        return Definitions.parse(callback.invocation()).at("/arguments/call");
    }

    private static List<DurableCall> callbacks() {
        return DATABASE.jdbi()
                .withHandle(handle -> handle.select("SELECT " + DurableRow.COLUMNS
                                + " FROM onward.durable_call d WHERE d.callback_of IS NOT NULL ORDER BY d.seq")
                        .map((row, context) -> DurableRow.call(row))
                        .list());
    }

    private static int kept() {
        return DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM onward.stored_invocation")
                        .mapTo(Integer.class)
                        .one());
    }

    private static boolean isLogged(DurableCall call) {
        return new JdbiCallLogStore(DATABASE.jdbi()).find(ALL, call.id()).isPresent();
    }
}
