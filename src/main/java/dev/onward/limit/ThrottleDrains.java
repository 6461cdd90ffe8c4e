package dev.onward.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Throttlings that were undeployed a while ago, in {@code onward.throttle_drain}. Every method works in the transaction of
 * the handle, and blocks.
 */
final class ThrottleDrains {

    /** So long calls that waited go out under it. */
    static final Duration DRAINS = Duration.ofHours(24);

    private ThrottleDrains() {}

    /**
     * A throttling that is for older calls only.
     *
     * @param document JSON text of what was in force
     * @param since when it was undeployed: calls that were made later do not enter
     */
    record Drain(UUID uid, String document, Instant since) {}

    /** What a change of a configuration begins or ends; what is over is forgotten. */
    static void changed(Handle handle, LimitConfig before, boolean isDeployed, Instant now) {
        if (before.kind() == LimitKind.CAPPING || before.isDeployed() == isDeployed) {
            return;
        }
        handle.execute("delete from onward.throttle_drain where uid = ? or since < ?", before.uid(), limit(now));
        before.deployed()
                .ifPresent(document -> handle.execute(
                        "insert into onward.throttle_drain (uid, sandbox, document, since) values (?, ?, ?, ?)",
                        before.uid(),
                        before.sandbox().name(),
                        document,
                        OffsetDateTime.ofInstant(now, ZoneOffset.UTC)));
    }

    /** Those of a sandbox that calls still go out under. */
    static List<Drain> open(Handle handle, String sandbox, Instant now) {
        return handle.select(
                        "select uid, document, since from onward.throttle_drain where sandbox = ? and since > ? order by since",
                        sandbox,
                        limit(now))
                .map((row, context) -> new Drain(
                        row.getObject("uid", UUID.class),
                        row.getString("document"),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static OffsetDateTime limit(Instant now) {
        return OffsetDateTime.ofInstant(now.minus(DRAINS), ZoneOffset.UTC);
    }
}
