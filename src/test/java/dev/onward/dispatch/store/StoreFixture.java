package dev.onward.dispatch.store;

import dev.onward.call.AttemptRecord;
import dev.onward.call.CallIds;
import dev.onward.call.CapturedMessage;
import dev.onward.call.HttpMethod;
import dev.onward.call.Passage;
import dev.onward.call.Timings;
import dev.onward.calllog.CallLog;
import dev.onward.calllog.CallLogConfig;
import dev.onward.database.DataDirectory;
import dev.onward.invocation.SealedInvocations;
import dev.onward.invocation.TestKeys;
import dev.onward.secret.TestSecrets;
import dev.onward.testsupport.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/** The stores of durable calls over an empty database. */
public record StoreFixture(
        TestDatabase database,
        DataDirectory directory,
        CallLog log,
        AcceptStore accepts,
        QueueStore queue,
        OutcomeStore outcomes,
        PendingStore pending)
        implements AutoCloseable {

    /** Where nobody waits for calls. */
    public static StoreFixture open(TestDatabase database, Path folder) {
        return open(database, folder, (handle, ends) -> () -> {});
    }

    public static StoreFixture open(TestDatabase database, Path folder, CallEnds ends) {
        database.jdbi()
                .useHandle(
                        handle -> handle.execute(
                                "TRUNCATE onward.durable_call, onward.durable_attempt,"
                                        + " onward.dispatch_worker, onward.dispatch_lane, onward.stored_invocation, onward.call_record, onward.erased_profile, onward.idempotency_key"));
        DataDirectory directory = DataDirectory.open(folder);
        Clock clock = Clock.systemUTC();
        CallLog log = new CallLog(database.database(), directory, new Defaults(), clock, new SimpleMeterRegistry());
        SealedInvocations seal = new SealedInvocations(TestSecrets.in(database.jdbi()));
        ReplayStore replays = new ReplayStore(database.database(), seal);
        CallbackCalls callbacks = new CallbackCalls(new CallIds(clock, new Random()));
        return new StoreFixture(
                database,
                directory,
                log,
                new AcceptStore(database.database(), TestKeys.of(database.database())),
                new QueueStore(database.database()),
                new OutcomeStore(database.database(), log, replays, ends, callbacks, clock),
                new PendingStore(database.database(), log, ends, callbacks, clock));
    }

    /** An attempt that was answered with 503. */
    public static AttemptRecord attempt(int number) {
        Optional<Duration> no = Optional.empty();
        return new AttemptRecord(
                number,
                Instant.EPOCH,
                HttpMethod.POST,
                "https://provider.test/v1",
                new CapturedMessage(List.of(), Optional.empty(), false),
                OptionalInt.of(503),
                Optional.empty(),
                Optional.empty(),
                new Timings(no, no, no, no, no, Duration.ZERO),
                Passage.PLAIN,
                no);
    }

    void accept(List<DurableCall> calls) throws SQLException {
        accepts.accept(
                calls.stream()
                        .map(call -> new AcceptStore.Asked(call, Optional.empty(), "{}"))
                        .toList(),
                Instant.now());
    }

    QueueStore otherQueue(TestDatabase same) {
        return new QueueStore(same.openAgain());
    }

    int queued() {
        return count("onward.durable_call");
    }

    int attempts() {
        return count("onward.durable_attempt");
    }

    String document(DurableCall call) {
        return database.jdbi()
                .withHandle(handle -> handle.select(
                                "SELECT document FROM onward.call_record WHERE call_id = ?",
                                call.id().uuid())
                        .mapTo(String.class)
                        .one());
    }

    private int count(String table) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                        .mapTo(Integer.class)
                        .one());
    }

    @Override
    public void close() {
        directory.close();
    }

    private static final class Defaults implements CallLogConfig {

        @Override
        public Optional<Duration> retention() {
            return Optional.empty();
        }

        @Override
        public OptionalLong spoolMaxBytes() {
            return OptionalLong.empty();
        }
    }
}
