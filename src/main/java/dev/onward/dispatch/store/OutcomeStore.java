package dev.onward.dispatch.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.AttemptJson;
import dev.onward.call.AttemptRecord;
import dev.onward.call.CallId;
import dev.onward.call.CallRecord;
import dev.onward.calllog.CallLog;
import dev.onward.calllog.table.EndedCall;
import dev.onward.database.ArrayStatement;
import dev.onward.database.Database;
import dev.onward.dispatch.store.CallEnds.CallEnd;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Writes what became of claimed calls. The record of an end goes into the log in the transaction that takes the call out of
 * the queue, so that a call has exactly one outcome whoever dies when. Blocking, thread-safe.
 */
@ApplicationScoped
public class OutcomeStore {

    private static final String END = """
            DELETE FROM onward.durable_call d USING unnest(?, ?) AS ended(call_id, fence)
            WHERE d.call_id = ended.call_id AND d.fence = ended.fence AND d.state = 'running'
            RETURNING d.call_id, d.fence, d.doomed
            """;

    private static final String PUT_BACK = """
            UPDATE onward.durable_call d
            SET state = again.state, due_at = again.due_at, attempts = d.attempts + again.attempts,
                failures = d.failures + again.failures, worker = NULL, in_doubt = false,
                begun = false
            FROM unnest(?, ?, ?, ?, ?, ?) AS again(call_id, fence, state, due_at, attempts, failures)
            WHERE d.call_id = again.call_id AND d.fence = again.fence AND d.state = 'running' AND NOT d.doomed
            RETURNING d.call_id, d.fence
            """;

    private static final String DOOMED = """
            SELECT d.call_id, d.fence FROM onward.durable_call d JOIN unnest(?, ?) AS again(call_id, fence)
            ON d.call_id = again.call_id AND d.fence = again.fence WHERE d.state = 'running' AND d.doomed
            """;

    private final Jdbi jdbi;
    private final CallLog log;
    private final ReplayStore replays;
    private final Clock clock;
    private final CallEnds ends;
    private final CallbackCalls callbacks;
    private final Attempts attempts = new Attempts();

    public OutcomeStore(
            Database database, CallLog log, ReplayStore replays, CallEnds ends, CallbackCalls callbacks, Clock clock) {
        this.ends = ends;
        this.callbacks = callbacks;
        this.jdbi = database.jdbi();
        this.log = log;
        this.replays = replays;
        this.clock = clock;
    }

    /**
     * A call that has ended.
     *
     * @param response the fields of the response sample that a good answer had
     * @param errorResponse the fields of the error sample that a bad answer had
     */
    public record Ended(Claim claim, CallRecord record, Optional<JsonNode> response, Optional<JsonNode> errorResponse) {

        /** Without any answer that was mapped. */
        public Ended(Claim claim, CallRecord record) {
            this(claim, record, Optional.empty(), Optional.empty());
        }

        /** Those of the runs before included. */
        int attempts() {
            return claim.attempts() + record.attempts().size();
        }

        /** @param doomed whether its person was erased: what the provider answered is not for anybody any more */
        private CallEnd told(boolean doomed) {
            return doomed
                    ? new CallEnd(claim.call(), record, attempts(), Optional.empty(), Optional.empty())
                    : new CallEnd(claim.call(), record, attempts(), response, errorResponse);
        }
    }

    /**
     * A call that goes back into the queue, in its old place.
     *
     * @param place where it waits
     * @param failed whether a run of it failed; else it was not tried
     * @param attempts of the run, numbered on from those before
     * @param otherwise how it ends when its person was erased meanwhile
     */
    public record Again(
            Claim claim, Waiting place, boolean failed, List<AttemptRecord> attempts, CallRecord otherwise) {

        public Again {
            attempts = List.copyOf(attempts);
        }
    }

    /** Where a call waits. */
    public sealed interface Waiting {

        /** As it is stored. */
        String state();

        default Optional<Instant> dueAt() {
            return Optional.empty();
        }

        /** For the next claim. */
        record Ready() implements Waiting {
            @Override
            public String state() {
                return "ready";
            }
        }

        /** Not before a time. */
        record Delayed(Instant until) implements Waiting {
            @Override
            public String state() {
                return "delayed";
            }

            @Override
            public Optional<Instant> dueAt() {
                return Optional.of(until);
            }
        }

        /** Until its action is resumed. */
        record Held() implements Waiting {
            @Override
            public String state() {
                return "held";
            }
        }
    }

    /**
     * What was written.
     *
     * @param ended claims whose outcome is that of the call, and in the log now
     * @param putBack claims whose calls are in the queue again
     * @param doomed claims whose calls must end instead of going back
     * @param callbacks calls that tell ends, which are in the queue now
     */
    public record Written(
            Set<Claim.Id> ended, Set<Claim.Id> putBack, Set<Claim.Id> doomed, List<DurableCall> callbacks) {}

    /**
     * What follows from ends once they are on disk.
     *
     * @param hooks to be run
     */
    private record Following(List<Runnable> hooks, List<DurableCall> callbacks) {}

    /**
     * Writes all in one transaction, which is on disk when this returns. What another claim has taken over is left alone: it
     * is in none of the sets.
     *
     * @throws dev.onward.calllog.spool.RowSink.RowsRefusedException when the content of a record is refused; nothing is
     *     written then
     */
    public Written write(List<Ended> ended, List<Again> again) throws SQLException {
        Following following = new Following(new ArrayList<>(), new ArrayList<>());
        Written written = jdbi.inTransaction(handle -> {
            Set<Claim.Id> gone = ended.isEmpty() ? Set.of() : end(handle, ended, following);
            Set<Claim.Id> back = again.isEmpty() ? Set.of() : putBack(handle, again);
            List<Again> others = again.stream()
                    .filter(each -> !back.contains(each.claim().id()))
                    .toList();
            Set<Claim.Id> doomed = others.isEmpty() ? Set.of() : doomed(handle, others);
            return new Written(gone, back, doomed, following.callbacks());
        });
        following.hooks().forEach(Runnable::run);
        return written;
    }

    private Set<Claim.Id> end(Handle handle, List<Ended> ended, Following following) throws SQLException {
        Map<Claim.Id, Boolean> gone = remove(handle, ended);
        List<Ended> ours = ended.stream()
                .filter(each -> gone.containsKey(each.claim().id()))
                .toList();
        List<CallId> tried = ours.stream()
                .filter(each -> each.claim().attempts() > 0)
                .map(each -> each.claim().call().id())
                .toList();
        Map<CallId, List<String>> earlier = attempts.take(handle, tried);
        List<CallbackCalls.End> records = new ArrayList<>(ours.size());
        for (Ended each : ours) {
            DurableCall call = each.claim().call();
            List<String> before = earlier.getOrDefault(call.id(), List.of());
            records.add(
                    new CallbackCalls.End(call, new EndedCall(each.record(), before, each.attempts(), call.links())));
        }
        if (!records.isEmpty()) {
            log.storeIn(handle, records.stream().map(CallbackCalls.End::shown).toList());
            follow(handle, ours, records, gone, following);
        }
        return gone.keySet();
    }

    /** What belongs to an erased person is neither kept nor told, but for the end itself to those who wait for it. */
    private void follow(
            Handle handle,
            List<Ended> ours,
            List<CallbackCalls.End> records,
            Map<Claim.Id, Boolean> gone,
            Following following)
            throws SQLException {
        Set<CallId> known = ours.stream()
                .filter(each -> !isDoomed(each, gone))
                .map(each -> each.claim().call().id())
                .collect(Collectors.toSet());
        List<CallbackCalls.End> told = records.stream()
                .filter(each -> known.contains(each.call().id()))
                .toList();
        replays.keep(
                handle,
                told.stream()
                        .map(CallbackCalls.End::call)
                        .filter(call -> !call.isCallback())
                        .toList(),
                clock.instant());
        following.callbacks().addAll(callbacks.store(handle, told));
        following
                .hooks()
                .add(Awaited.tell(
                        ends,
                        handle,
                        ours.stream()
                                .map(each -> each.told(isDoomed(each, gone)))
                                .toList()));
    }

    /** Takes calls out of the queue; gives the claims that were in force, and whether the person was erased meanwhile. */
    private static Map<Claim.Id, Boolean> remove(Handle handle, List<Ended> ended) throws SQLException {
        Map<Claim.Id, Boolean> gone = new HashMap<>();
        try (ArrayStatement<Ended> statement = new ArrayStatement<>(handle, END, ended)) {
            statement
                    .column("uuid", each -> each.claim().call().id().uuid())
                    .column("int4", each -> each.claim().fence())
                    .query(row -> gone.put(id(row), row.getBoolean("doomed")));
        }
        return gone;
    }

    private Set<Claim.Id> putBack(Handle handle, List<Again> again) throws SQLException {
        Set<Claim.Id> back;
        try (ArrayStatement<Again> statement = new ArrayStatement<>(handle, PUT_BACK, again)) {
            back = new HashSet<>(statement
                    .column("uuid", each -> each.claim().call().id().uuid())
                    .column("int4", each -> each.claim().fence())
                    .column("text", each -> each.place().state())
                    .column(
                            "timestamptz",
                            each -> each.place().dueAt().map(DurableRow::time).orElse(null))
                    .column("int4", each -> each.attempts().size())
                    .column("int4", each -> each.failed() ? 1 : 0)
                    .query(OutcomeStore::id));
        }
        attempts.add(
                handle,
                again.stream()
                        .filter(each -> back.contains(each.claim().id()))
                        .flatMap(each -> each.attempts().stream()
                                .map(attempt -> new Attempts.Made(
                                        each.claim().call().id(), attempt.number(), AttemptJson.text(attempt))))
                        .toList());
        return back;
    }

    private static Set<Claim.Id> doomed(Handle handle, List<Again> again) throws SQLException {
        try (ArrayStatement<Again> statement = new ArrayStatement<>(handle, DOOMED, again)) {
            return new HashSet<>(statement
                    .column("uuid", each -> each.claim().call().id().uuid())
                    .column("int4", each -> each.claim().fence())
                    .query(OutcomeStore::id));
        }
    }

    private static boolean isDoomed(Ended each, Map<Claim.Id, Boolean> gone) {
        return gone.getOrDefault(each.claim().id(), true);
    }

    private static Claim.Id id(ResultSet row) throws SQLException {
        return new Claim.Id(new CallId(row.getObject("call_id", UUID.class)), row.getInt("fence"));
    }
}
