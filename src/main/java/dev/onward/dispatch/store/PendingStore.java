package dev.onward.dispatch.store;

import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallId;
import dev.onward.call.CallRecord;
import dev.onward.call.Outcome;
import dev.onward.call.ProfileEraser;
import dev.onward.calllog.CallLog;
import dev.onward.calllog.PendingCall;
import dev.onward.calllog.PendingCalls;
import dev.onward.calllog.search.LogScope;
import dev.onward.calllog.table.EndedCall;
import dev.onward.database.ArrayStatement;
import dev.onward.database.Database;
import dev.onward.database.StoredText;
import dev.onward.dispatch.store.CallEnds.CallEnd;
import dev.onward.sandbox.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Shows calls that have not ended, takes them back and erases them. Blocking, thread-safe. */
@ApplicationScoped
public class PendingStore implements PendingCalls, ProfileEraser {

    private static final String IN_SCOPE =
            " WHERE d.call_id = ? AND d.sandbox = ? AND (CAST(? AS text) IS NULL OR d.caller_id = ?)";

    private static final String OF_PROFILE =
            " WHERE d.sandbox = ? AND left(d.profile_id, 128) = left(?, 128) AND d.profile_id = ?";

    private static final String OF_JOURNEY = " WHERE d.sandbox = ? AND d.journey = ? AND d.instance_id IS NOT NULL"
            + " AND d.state <> 'running' AND d.replay_of IS NULL ORDER BY d.seq LIMIT ? FOR UPDATE SKIP LOCKED";

    private final Jdbi jdbi;
    private final CallLog log;
    private final Clock clock;
    private final CallEnds ends;
    private final CallbackCalls callbacks;
    private final Attempts attempts = new Attempts();

    public PendingStore(Database database, CallLog log, CallEnds ends, CallbackCalls callbacks, Clock clock) {
        this.ends = ends;
        this.callbacks = callbacks;
        this.jdbi = database.jdbi();
        this.log = log;
        this.clock = clock;
    }

    /** What became of the wish to take a call back. */
    public enum Cancelled {
        /** It will not be sent, or not again; the log has it. */
        DONE,
        /** It is being sent. */
        RUNNING,
        /** It does not wait: there is no such call, or it has ended. */
        NOT_PENDING
    }

    @Override
    public Optional<PendingCall> find(LogScope scope, CallId callId) {
        try {
            return jdbi.inTransaction(handle -> {
                Optional<Found> found = find(handle, scope, callId, "");
                return found.isPresent()
                        ? Optional.of(shown(found.get(), attempts.read(handle, callId)))
                        : Optional.<PendingCall>empty();
            });
        } catch (SQLException failure) {
            throw new DispatchStoreException(failure);
        }
    }

    /** Takes a call back that waits: it ends as cancelled. */
    public Cancelled cancel(LogScope scope, CallId callId) {
        List<Runnable> afterwards = new ArrayList<>();
        try {
            Cancelled cancelled = jdbi.inTransaction(handle -> {
                Optional<Found> found = find(handle, scope, callId, " FOR UPDATE");
                if (found.isEmpty()) {
                    return Cancelled.NOT_PENDING;
                }
                if (found.get().isRunning()) {
                    return Cancelled.RUNNING;
                }
                afterwards.add(end(handle, List.of(found.get().claim()), Why.TAKEN_BACK));
                return Cancelled.DONE;
            });
            afterwards.forEach(Runnable::run);
            return cancelled;
        } catch (SQLException failure) {
            throw new DispatchStoreException(failure);
        }
    }

    /**
     * Takes calls of a journey's instances back that wait: they end as cancelled.
     *
     * @return how many; fewer than {@code most} when no more waited
     */
    public int cancelOfJourney(Sandbox sandbox, String journey, int most) {
        List<Runnable> afterwards = new ArrayList<>();
        try {
            int cancelled = jdbi.inTransaction(handle -> {
                List<Claim> waiting = handle.select(
                                "SELECT " + DurableRow.COLUMNS + " FROM onward.durable_call d" + OF_JOURNEY,
                                sandbox.name(),
                                StoredText.escape(journey),
                                most)
                        .map((row, context) -> DurableRow.claim(row))
                        .list();
                afterwards.add(end(handle, waiting, Why.JOURNEY_STOPPED));
                return waiting.size();
            });
            afterwards.forEach(Runnable::run);
            return cancelled;
        } catch (SQLException failure) {
            throw new DispatchStoreException(failure);
        }
    }

    /**
     * Ends what waits, and sees to it that what is being sent is not sent again. Looks twice: a call that was just ending may
     * leave a callback, which is not there yet when the first look begins.
     */
    @Override
    public void erase(Sandbox sandbox, String profileId) {
        eraseQueued(sandbox, profileId);
        eraseQueued(sandbox, profileId);
    }

    private void eraseQueued(Sandbox sandbox, String profileId) {
        String stored = StoredText.escape(profileId);
        List<Runnable> afterwards = new ArrayList<>();
        try {
            jdbi.useTransaction(handle -> {
                List<Found> found = handle.select(
                                "SELECT " + DurableRow.COLUMNS + " FROM onward.durable_call d" + OF_PROFILE
                                        + " ORDER BY d.seq FOR UPDATE",
                                sandbox.name(),
                                stored,
                                stored)
                        .map((row, context) -> Found.read(row))
                        .list();
                handle.execute(
                        "UPDATE onward.durable_call d SET doomed = true" + OF_PROFILE + " AND d.state = 'running'",
                        sandbox.name(),
                        stored,
                        stored);
                List<Claim> waiting = found.stream()
                        .filter(each -> !each.isRunning())
                        .map(Found::claim)
                        .toList();
                afterwards.add(end(handle, waiting, Why.PERSON_ERASED));
            });
            afterwards.forEach(Runnable::run);
        } catch (SQLException failure) {
            throw new DispatchStoreException(failure);
        }
    }

    private static Optional<Found> find(Handle handle, LogScope scope, CallId callId, String lock) {
        String caller = scope.callerId().map(StoredText::escape).orElse(null);
        return handle.select(
                        "SELECT " + DurableRow.COLUMNS + " FROM onward.durable_call d" + IN_SCOPE + lock,
                        callId.uuid(),
                        scope.sandbox().name(),
                        caller,
                        caller)
                .map((row, context) -> Found.read(row))
                .findOne();
    }

    /** Gives what to do after the commit. */
    private Runnable end(Handle handle, List<Claim> claims, Why why) throws SQLException {
        if (claims.isEmpty()) {
            return () -> {};
        }
        List<CallId> ids = claims.stream().map(claim -> claim.call().id()).toList();
        try (ArrayStatement<CallId> statement =
                new ArrayStatement<>(handle, "DELETE FROM onward.durable_call WHERE call_id = ANY (?)", ids)) {
            statement.column("uuid", CallId::uuid).execute();
        }
        Map<CallId, List<String>> earlier = attempts.take(handle, ids);
        Outcome cancelled = new Outcome.Cancelled(new CallError(CallErrorCode.CANCELLED, why.message));
        List<CallbackCalls.End> records = new ArrayList<>(claims.size());
        List<CallEnd> told = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            DurableCall call = claim.call();
            CallRecord record = call.ended(cancelled, clock.instant());
            told.add(new CallEnd(call, record, claim.attempts(), Optional.empty(), Optional.empty()));
            List<String> before = earlier.getOrDefault(call.id(), List.of());
            records.add(new CallbackCalls.End(call, new EndedCall(record, before, claim.attempts(), call.links())));
        }
        log.storeIn(handle, records.stream().map(CallbackCalls.End::shown).toList());
        if (why.isTold) {
            callbacks.store(handle, records);
        }
        return Awaited.tell(ends, handle, told);
    }

    private static PendingCall shown(Found found, List<String> attemptRecords) {
        DurableCall call = found.claim().call();
        return new PendingCall(
                call.id(),
                call.id().madeAt(),
                call.sandbox(),
                call.action(),
                call.actionVersion(),
                call.origin(),
                found.isRunning(),
                found.dueAt(),
                found.claim().attempts(),
                call.target().method().name(),
                call.target().url(),
                call.target().host(),
                attemptRecords,
                call.links());
    }

    /** What ends a call that waits. */
    private enum Why {
        TAKEN_BACK("it was taken back before its next attempt", true),
        JOURNEY_STOPPED("its journey was stopped", true),
        PERSON_ERASED("its person was erased", false);

        private final String message;

        /** Whether a callback hears of it. */
        private final boolean isTold;

        Why(String message, boolean isTold) {
            this.message = message;
            this.isTold = isTold;
        }
    }

    private record Found(Claim claim, boolean isRunning, Optional<Instant> dueAt) {

        static Found read(ResultSet row) throws SQLException {
            return new Found(
                    DurableRow.claim(row), row.getString("state").equals("running"), DurableRow.time(row, "due_at"));
        }
    }
}
