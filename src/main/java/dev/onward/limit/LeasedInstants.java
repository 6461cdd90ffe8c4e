package dev.onward.limit;

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

    private static final double NANOS_PER_MICRO = 1_000;

    private final Jdbi jdbi;
    private final UUID throttling;
    private final Executor executor;

    LeasedInstants(Jdbi jdbi, UUID throttling, Executor executor) {
        this.jdbi = jdbi;
        this.throttling = throttling;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Slice> take(int count, int rate) {
        return CompletableFuture.supplyAsync(() -> lease(count, rate), executor);
    }

    private Slice lease(int count, int rate) {
        double micros = jdbi.inTransaction(handle -> {
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
                    set next_at = greatest(current.next_at, current.now)
                        + :count * interval '1 second' / :rate
                    from current where lease.uid = :uid
                    returning extract(epoch from greatest(current.next_at, current.now) - current.now) * 1000000""")
                    .bind("uid", throttling)
                    .bind("count", count)
                    .bind("rate", rate)
                    .mapTo(Double.class)
                    .one();
        });
        return new Slice(count, (long) (micros * NANOS_PER_MICRO), 1_000_000_000L / rate);
    }
}
