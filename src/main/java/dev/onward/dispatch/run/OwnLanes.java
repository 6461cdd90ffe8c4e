package dev.onward.dispatch.run;

import dev.onward.call.Pacing;
import dev.onward.call.Timer;
import dev.onward.dispatch.store.Lane;
import dev.onward.dispatch.store.LaneStore;
import dev.onward.dispatch.store.QueueStore.Want;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Calls that wait for their turns are claimed by one process alone: two would each keep the order of their own, and not
 * that of both. Lanes of hosts without a throttling are everybody's. Blocking, not thread-safe.
 */
final class OwnLanes {

    private static final Duration ASKED_AGAIN = Duration.ofMillis(500);

    private final LaneStore store;
    private final Pacing pacing;
    private final Timer timer;
    private final Set<Lane> own = new HashSet<>();

    /** Of other processes, as of a moment ago. */
    private final Set<Lane> foreign = new HashSet<>();

    private UUID owner = new UUID(0, 0);
    private long askedAt;

    OwnLanes(LaneStore store, Pacing pacing, Timer timer) {
        this.store = store;
        this.pacing = pacing;
        this.timer = timer;
        this.askedAt = timer.nanoTime();
    }

    /**
     * What the worker may claim of what it wants; it has the lanes from then on.
     *
     * @throws dev.onward.dispatch.store.LeaseLostException when the worker has no lease
     */
    List<Want> among(UUID worker, List<Want> wants) throws SQLException {
        if (!worker.equals(owner)) {
            owner = worker;
            own.clear();
            foreign.clear();
        }
        if (timer.nanoTime() - askedAt > ASKED_AGAIN.toNanos()) {
            foreign.clear();
            askedAt = timer.nanoTime();
        }
        List<Lane> unknown = wants.stream()
                .map(Want::lane)
                .filter(lane -> pacing.isPaced(lane.sandbox(), lane.origin()))
                .filter(lane -> !own.contains(lane) && !foreign.contains(lane))
                .toList();
        if (!unknown.isEmpty()) {
            Set<Lane> taken = store.own(worker, unknown);
            own.addAll(taken);
            unknown.stream().filter(lane -> !taken.contains(lane)).forEach(foreign::add);
        }
        return wants.stream().filter(want -> !foreign.contains(want.lane())).toList();
    }
}
