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
 * nothing is given twice. Thread-safe.
 */
final class LeasedInstants implements SendInstants {

    private static final long NANOS_PER_MICRO = 1_000;

    private final Source source;
    private final UUID throttling;

    /**
     * What all throttlings of this process share.
     *
     * @param executor for what blocks
     */
    record Source(Jdbi jdbi, Executor executor, Timer timer, ServerClock clock) {}

    LeasedInstants(Source source, UUID throttling) {
        this.source = source;
        this.throttling = throttling;
    }

    @Override
    public CompletionStage<Slice> take(int count, int rate) {
        return CompletableFuture.supplyAsync(() -> lease(count, rate), source.executor());
    }

    private Slice lease(int count, int rate) {
        long spacing = SendInstants.spacingNanos(rate);
        long micros = (count * spacing + NANOS_PER_MICRO - 1) / NANOS_PER_MICRO;
        long asked = source.timer().nanoTime();
        Lease lease = lease(micros);
        long answered = source.timer().nanoTime();
        ServerClock.Reading first = source.clock().read(lease.nowNanos(), asked, answered, lease.firstNanos());
        return new Slice(count, first.latestNanos(), spacing, first.doubtNanos());
    }

    /** What the server's clock showed, and the first of the moments by it. */
    private record Lease(long nowNanos, long firstNanos) {

        private static Lease of(ResultSet row) throws SQLException {
            return new Lease(row.getLong("now") * NANOS_PER_MICRO, row.getLong("first") * NANOS_PER_MICRO);
        }
    }

    private Lease lease(long micros) {
        return source.jdbi().inTransaction(handle -> {
            // A lease that a crash of the server forgets is given again to processes that lost their connection as
            // well.
            handle.execute("set local synchronous_commit = off");
            handle.createUpdate("""
                    insert into onward.throttle_lease (uid, next_at) values (:uid, clock_timestamp())
                    on conflict (uid) do nothing""").bind("uid", throttling).execute();
            return handle.createQuery("""
                    with current as (
                        select next_at, clock_timestamp() as now from onward.throttle_lease where uid = :uid for update)
                    update onward.throttle_lease lease
                    set next_at = greatest(current.next_at, current.now) + :micros * interval '1 microsecond'
                    from current where lease.uid = :uid
                    returning (extract(epoch from current.now) * 1000000)::bigint as now,
                        (extract(epoch from greatest(current.next_at, current.now)) * 1000000)::bigint as first""")
                    .bind("uid", throttling)
                    .bind("micros", micros)
                    .map((row, context) -> Lease.of(row))
                    .one();
        });
    }
}
