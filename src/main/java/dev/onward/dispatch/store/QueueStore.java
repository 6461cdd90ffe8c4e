package dev.onward.dispatch.store;

import dev.onward.call.CallId;
import dev.onward.database.ArrayStatement;
import dev.onward.database.Database;
import dev.onward.database.StoredText;
import dev.onward.sandbox.Quota.Depth;
import dev.onward.sandbox.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The queue of waiting calls. Blocking, thread-safe; any number of processes may claim at once. */
@ApplicationScoped
public class QueueStore {

    /** The lanes that have a call to be claimed: one look into the index per lane. */
    private static final String LANES = """
            WITH RECURSIVE lanes AS (
                (SELECT sandbox, lane, action, coalesce(journey, '') AS journey FROM onward.durable_call
                 WHERE state = 'ready' ORDER BY sandbox, lane, action, coalesce(journey, '') LIMIT 1)
                UNION ALL
                SELECT next.* FROM lanes l CROSS JOIN LATERAL (
                    SELECT sandbox, lane, action, coalesce(journey, '') AS journey FROM onward.durable_call
                    WHERE state = 'ready' AND (sandbox, lane, action, coalesce(journey, ''))
                        > (l.sandbox, l.lane, l.action, l.journey)
                    ORDER BY sandbox, lane, action, coalesce(journey, '') LIMIT 1) next)
            SELECT sandbox, lane, action, journey FROM lanes
            """;

    /** The lease is read in the same transaction and locked: nobody can take the worker's calls away meanwhile. */
    private static final String HOLDS_LEASE = """
            SELECT 1 FROM onward.dispatch_worker WHERE id = ? AND lease_until > clock_timestamp() FOR KEY SHARE
            """;

    private static final String TAKE = """
            UPDATE onward.durable_call d SET state = 'running', worker = ?, fence = d.fence + 1, due_at = NULL,
                begun = false
            FROM picked WHERE d.call_id = picked.call_id RETURNING
            """ + DurableRow.COLUMNS;

    private static final String CLAIM = """
            WITH picked AS MATERIALIZED (
                SELECT c.call_id FROM unnest(?, ?, ?, ?, ?)
                    AS wanted(sandbox, lane, action, journey, most) CROSS JOIN LATERAL (
                    SELECT w.call_id FROM onward.durable_call w
                    WHERE w.sandbox = wanted.sandbox AND w.lane = wanted.lane AND w.action = wanted.action
                        AND coalesce(w.journey, '') = wanted.journey AND w.state = 'ready'
                    ORDER BY w.seq LIMIT wanted.most FOR UPDATE SKIP LOCKED) c)
            """ + TAKE;

    private static final String CLAIM_TOO_OLD = """
            WITH picked AS MATERIALIZED (
                SELECT call_id FROM onward.durable_call
                WHERE deadline <= ? AND state <> 'running' ORDER BY deadline LIMIT ? FOR UPDATE SKIP LOCKED)
            """ + TAKE;

    /** Waits for a claim of the worker that is just being committed, lest it be overlooked. */
    private static final String LOCK_WORKER = """
            SELECT 1 FROM onward.dispatch_worker WHERE id = ? AND lease_until > clock_timestamp() FOR UPDATE
            """;

    private static final String UNANSWERED = "SELECT " + DurableRow.COLUMNS + """
             FROM onward.durable_call d WHERE d.state = 'running' AND NOT EXISTS (
                SELECT 1 FROM unnest(?, ?) AS known(call_id, fence)
                WHERE known.call_id = d.call_id AND known.fence = d.fence) AND d.worker = ?
            """;

    private static final String TELL_BEGUN = """
            UPDATE onward.durable_call d SET begun = true FROM unnest(?, ?) AS sent(call_id, fence)
            WHERE d.call_id = sent.call_id AND d.fence = sent.fence AND d.state = 'running' AND NOT d.doomed
            RETURNING d.call_id, d.fence
            """;

    private static final String RELEASE_DUE = """
            UPDATE onward.durable_call d SET state = 'ready', due_at = NULL
            FROM (SELECT call_id FROM onward.durable_call WHERE state = 'delayed' AND due_at <= ?
                  ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED) due
            WHERE d.call_id = due.call_id
            """;

    /** What may be sent at most once was begun only if that is on disk; a worker of an older Onward does not tell. */
    private static final String TAKE_AWAY = """
            UPDATE onward.durable_call d SET state = 'ready', worker = NULL, fence = d.fence + 1,
                in_doubt = d.in_doubt OR d.begun OR NOT d.at_most_once OR NOT w.tells_begun
            FROM onward.dispatch_worker w WHERE d.state = 'running' AND d.worker = w.id AND w.id = ?
            """;

    /** Of a transaction that another one of the same worker keeps waiting; it is tried again. */
    private static final String LONGEST_LOCK = "2s";

    private final Jdbi jdbi;
    private final Jdbi leaseJdbi;

    public QueueStore(Database database) {
        this.jdbi = database.jdbi();
        this.leaseJdbi = database.leaseJdbi();
    }

    /** How many calls of a lane are wanted at most. */
    public record Want(Lane lane, int most) {}

    /** Every lane with a call that may be claimed now. */
    public List<Lane> lanes() {
        return jdbi.withHandle(handle -> handle.createQuery(LANES)
                .map((row, context) -> DurableRow.lane(row))
                .list());
    }

    /**
     * Takes calls for a worker, the oldest of each lane first. When this returns, the claim is on disk.
     *
     * @throws LeaseLostException when the worker has no lease; nothing is claimed then
     */
    public List<Claim> claim(UUID worker, List<Want> wants) throws SQLException {
        return jdbi.inTransaction(handle -> {
            requireLease(handle, worker);
            try (ArrayStatement<Want> statement = new ArrayStatement<>(handle, CLAIM, wants)) {
                return inOrder(statement
                        .column("text", want -> want.lane().sandbox().name())
                        .column("text", want -> want.lane().origin())
                        .column("text", want -> want.lane().action())
                        .column("text", want -> StoredText.escape(want.lane().journey()))
                        .column("int4", Want::most)
                        .value(worker)
                        .query(DurableRow::claim));
            }
        });
    }

    /** Takes calls that wait though their time is over, wherever they wait, to be ended. */
    public List<Claim> claimTooOld(UUID worker, Instant now, int most) throws SQLException {
        return jdbi.inTransaction(handle -> {
            requireLease(handle, worker);
            try (ArrayStatement<Claim> statement = new ArrayStatement<>(handle, CLAIM_TOO_OLD, List.of())) {
                return inOrder(statement
                        .value(DurableRow.time(now))
                        .value(most)
                        .value(worker)
                        .query(DurableRow::claim));
            }
        });
    }

    /**
     * The calls that a worker has and does not know of: the answer to their claim was lost, perhaps to its commit. What it
     * claims meanwhile must wait, or be among the known.
     *
     * @throws LeaseLostException when the worker has no lease
     */
    public List<Claim> unanswered(UUID worker, List<Claim.Id> known) throws SQLException {
        return jdbi.inTransaction(handle -> {
            handle.execute("SET LOCAL lock_timeout = '" + LONGEST_LOCK + "'");
            requireLease(handle, worker, LOCK_WORKER);
            try (ArrayStatement<Claim.Id> statement = new ArrayStatement<>(handle, UNANSWERED, known)) {
                return inOrder(statement
                        .column("uuid", id -> id.callId().uuid())
                        .column("int4", Claim.Id::fence)
                        .value(worker)
                        .query(DurableRow::claim));
            }
        });
    }

    /**
     * Stores that calls are about to be sent, each under its latest claim; gives those that still may be. Repeatable.
     */
    public Set<Claim.Id> tellBegun(List<Claim.Id> claims) throws SQLException {
        return jdbi.inTransaction(handle -> {
            try (ArrayStatement<Claim.Id> statement = new ArrayStatement<>(handle, TELL_BEGUN, claims)) {
                return new HashSet<>(statement
                        .column("uuid", id -> id.callId().uuid())
                        .column("int4", Claim.Id::fence)
                        .query(row ->
                                new Claim.Id(new CallId(row.getObject("call_id", UUID.class)), row.getInt("fence"))));
            }
        });
    }

    /** Makes delayed calls claimable whose time has come, in their old place of the lane. Gives how many. */
    public int releaseDue(Instant now, int most) {
        return jdbi.withHandle(handle -> handle.execute(RELEASE_DUE, DurableRow.time(now), most));
    }

    /** What every sandbox has in the queue. Reads the whole queue. */
    public List<Depth> depths() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT sandbox, count(*) AS calls, sum(bytes) AS bytes FROM onward.durable_call GROUP BY sandbox")
                .map((row, context) ->
                        new Depth(new Sandbox(row.getString("sandbox")), row.getLong("calls"), row.getLong("bytes")))
                .list());
    }

    /** Begins or renews a worker's lease; false when it was taken away, which is final. */
    public boolean renew(UUID worker, Duration lease, boolean begins) {
        String sql = begins
                ? "INSERT INTO onward.dispatch_worker (lease_until, id, tells_begun)"
                        + " VALUES (clock_timestamp() + make_interval(secs => ?), ?, true)"
                : "UPDATE onward.dispatch_worker SET lease_until = clock_timestamp() + make_interval(secs => ?)"
                        + " WHERE id = ?";
        return leaseJdbi.withHandle(handle -> handle.execute(sql, lease.toMillis() / 1_000.0, worker)) == 1;
    }

    /**
     * Takes calls and lanes away from every worker whose lease is over: the calls are claimable again, in their old place.
     *
     * @return how many calls
     */
    public int takeOver() {
        return jdbi.inTransaction(handle -> handle
                .createQuery(
                        "SELECT id FROM onward.dispatch_worker WHERE lease_until < clock_timestamp() FOR UPDATE SKIP LOCKED")
                .mapTo(UUID.class)
                .list()
                .stream()
                .mapToInt(worker -> takeAway(handle, worker))
                .sum());
    }

    /** Takes all calls away from one worker, which is known to be at its end. Gives how many. */
    public int takeOver(UUID worker) {
        return jdbi.inTransaction(handle -> {
            handle.select("SELECT 1 FROM onward.dispatch_worker WHERE id = ? FOR UPDATE", worker)
                    .mapTo(Integer.class)
                    .list();
            return takeAway(handle, worker);
        });
    }

    private static int takeAway(Handle handle, UUID worker) {
        int calls = handle.execute(TAKE_AWAY, worker);
        handle.execute("DELETE FROM onward.dispatch_lane WHERE worker = ?", worker);
        handle.execute("DELETE FROM onward.dispatch_worker WHERE id = ?", worker);
        return calls;
    }

    /** Holds the lease until the end of the transaction. */
    static void requireLease(Handle handle, UUID worker) {
        requireLease(handle, worker, HOLDS_LEASE);
    }

    private static void requireLease(Handle handle, UUID worker, String locking) {
        if (handle.select(locking, worker).mapTo(Integer.class).findOne().isEmpty()) {
            throw new LeaseLostException();
        }
    }

    private static List<Claim> inOrder(List<Claim> claims) {
        return claims.stream().sorted(Comparator.comparingLong(Claim::sequence)).toList();
    }
}
