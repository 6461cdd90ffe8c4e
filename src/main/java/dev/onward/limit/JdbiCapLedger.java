package dev.onward.limit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The table {@code onward.cap_share}. What a process had that is dead is free again once its last calls are a period old. */
final class JdbiCapLedger implements CapLedger {

    private static final String STANDING = """
            select cap,
                coalesce(max(share) filter (where process = :me), 0) as share,
                sum(share) as all_shares,
                count(*) filter (where process <> :me and lease_until > clock_timestamp()) as others,
                coalesce(sum(wanted) filter (where process <> :me and lease_until > clock_timestamp()), 0) as wanted
            from onward.cap_share""";

    private final Jdbi jdbi;
    private final UUID process;

    JdbiCapLedger(Jdbi jdbi, UUID process) {
        this.jdbi = jdbi;
        this.process = process;
    }

    @Override
    public Map<String, Standing> renew() {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("""
                    update onward.cap_share set lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                    where process = :me""")
                    .bind("lease", LEASE.toMillis())
                    .bind("me", process)
                    .execute();
            return handle.createQuery(STANDING
                            + " where cap in (select cap from onward.cap_share where process = :me) group by cap")
                    .bind("me", process)
                    .map((row, context) -> Map.entry(row.getString("cap"), standing(row)))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        });
    }

    @Override
    public Standing take(String cap, CappingRule.Rate rate, int wanted) {
        return jdbi.inTransaction(handle -> {
            handle.execute("select pg_advisory_xact_lock(hashtextextended(?, 6))", cap);
            handle.createUpdate("""
                    delete from onward.cap_share where cap = :cap
                    and lease_until + period_ms * interval '1 millisecond' < clock_timestamp()""").bind("cap", cap).execute();
            join(handle, cap, rate);
            int granted = standing(handle, cap).grant(rate.most(), wanted);
            handle.createUpdate("""
                    update onward.cap_share
                    set share = share + :granted, wanted = :left,
                        period_ms = greatest(period_ms, :period),
                        lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                    where cap = :cap and process = :me""")
                    .bind("cap", cap)
                    .bind("me", process)
                    .bind("granted", granted)
                    .bind("left", wanted - granted)
                    .bind("period", rate.periodMillis())
                    .bind("lease", LEASE.toMillis())
                    .execute();
            return standing(handle, cap);
        });
    }

    private void join(Handle handle, String cap, CappingRule.Rate rate) {
        handle.createUpdate("""
                insert into onward.cap_share (cap, process, share, wanted, period_ms, lease_until)
                values (:cap, :me, 0, 0, :period, clock_timestamp())
                on conflict (cap, process) do nothing""")
                .bind("cap", cap)
                .bind("me", process)
                .bind("period", rate.periodMillis())
                .execute();
    }

    private Standing standing(Handle handle, String cap) {
        return handle.createQuery(STANDING + " where cap = :cap group by cap")
                .bind("me", process)
                .bind("cap", cap)
                .map((row, context) -> standing(row))
                .one();
    }

    @Override
    public void lower(String cap, int share) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update onward.cap_share set share = least(share, :share), wanted = 0
                where cap = :cap and process = :me""")
                .bind("cap", cap)
                .bind("me", process)
                .bind("share", share)
                .execute());
    }

    @Override
    public void drop(String cap) {
        jdbi.useHandle(
                handle -> handle.execute("delete from onward.cap_share where cap = ? and process = ?", cap, process));
    }

    /** The last calls are still counted for a period. */
    @Override
    public void leave() {
        jdbi.useHandle(handle -> handle.execute(
                "update onward.cap_share set lease_until = clock_timestamp(), wanted = 0 where process = ?", process));
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                row.getInt("share"), row.getLong("all_shares"), row.getInt("others"), row.getLong("wanted"));
    }
}
