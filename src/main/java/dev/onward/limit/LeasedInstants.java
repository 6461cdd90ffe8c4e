package dev.onward.limit;

import dev.onward.call.Timer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Jdbi;

/**
 * Moments of one throttling from PostgreSQL, table {@code onward.throttle_lease}: all processes on one database take
 * theirs from one row, by its clock. What a process has taken and not used, because it died or nobody came, is lost:
 * nothing is given twice. When its clock is set back nobody waits longer than two minutes for that. Thread-safe.
 */
final class LeasedInstants implements SendInstants {

    private static final long NANOS_PER_MICRO = 1_000;

    private final Source source;
    private final UUID throttling;

    /**
     * What all throttlings of this process share.
     *
     * @param process its name among those on one database
     * @param executor for what blocks
     */
    record Source(UUID process, Jdbi jdbi, Executor executor, Timer timer, ServerClock clock) {}

    LeasedInstants(Source source, UUID throttling) {
        this.source = source;
        this.throttling = throttling;
    }

    @Override
    public CompletionStage<Slice> take(int count, int rate) {
        return CompletableFuture.supplyAsync(() -> lease(count, rate), source.executor());
    }

    private Slice lease(int count, int rate) {
        long asked = source.timer().nanoTime();
        Lease lease = lease(
                micros(count * SendInstants.spacingNanos(rate)), micros(count * SendInstants.sharedSpacingNanos(rate)));
        long answered = source.timer().nanoTime();
        ServerClock.Reading first = source.clock().read(lease.nowNanos(), asked, answered, lease.firstNanos());
        long spacing = lease.isShared() ? SendInstants.sharedSpacingNanos(rate) : SendInstants.spacingNanos(rate);
        return new Slice(count, first.latestNanos(), spacing, first.doubtNanos());
    }

    private static long micros(long nanos) {
        return (nanos + NANOS_PER_MICRO - 1) / NANOS_PER_MICRO;
    }

    /**
     * What was taken.
     *
     * @param nowNanos what the server's clock showed
     * @param firstNanos the first of the moments, by it
     */
    private record Lease(long nowNanos, long firstNanos, boolean isShared) {

        private static Lease of(ResultSet row) throws SQLException {
            return new Lease(
                    row.getLong("now") * NANOS_PER_MICRO,
                    row.getLong("first") * NANOS_PER_MICRO,
                    row.getBoolean("shared"));
        }
    }

    /** Who takes moments that another had to itself begins after the time by which that one may be late. */
    private Lease lease(long micros, long sharedMicros) {
        return source.jdbi().inTransaction(handle -> {
            // A lease that a crash of the server forgets is given again to processes that lost their connection as
            // well.
            handle.execute("set local synchronous_commit = off");
            handle.createUpdate("""
                    insert into onward.throttle_lease (uid, next_at) values (:uid, clock_timestamp())
                    on conflict (uid) do nothing""").bind("uid", throttling).execute();
            return handle.createQuery("""
                    with current as (
                        select next_at, shared_until, taker <> :taker as changes, clock_timestamp() as now
                        from onward.throttle_lease where uid = :uid for update),
                    lease as (
                        select now,
                            coalesce(changes, false) or shared_until > now as shared,
                            case when changes then now + interval '2 seconds' else shared_until end as shared_until,
                            least(greatest(next_at, now), now + interval '2 minutes')
                                + case when changes and shared_until <= now then interval '20 milliseconds'
                                    else interval '0' end as first
                        from current)
                    update onward.throttle_lease
                    set next_at = lease.first
                            + case when lease.shared then :sharedMicros else :micros end * interval '1 microsecond',
                        shared_until = lease.shared_until,
                        taker = :taker
                    from lease where uid = :uid
                    returning (extract(epoch from lease.now) * 1000000)::bigint as now,
                        (extract(epoch from lease.first) * 1000000)::bigint as first,
                        lease.shared as shared""")
                    .bind("uid", throttling)
                    .bind("taker", source.process())
                    .bind("micros", micros)
                    .bind("sharedMicros", sharedMicros)
                    .map((row, context) -> Lease.of(row))
                    .one();
        });
    }
}
