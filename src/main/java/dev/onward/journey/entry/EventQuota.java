package dev.onward.journey.entry;

import dev.onward.journey.entry.EventStore.Depth;
import dev.onward.sandbox.Sandbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many events of each sandbox wait, so that one that sends faster than its journeys run is told so. Counted now and
 * then; what this process accepts meanwhile is added. Thread-safe.
 */
final class EventQuota {

    private final long maxEvents;
    private final long maxBytes;
    private Map<Sandbox, Depth> bySandbox = new HashMap<>();

    EventQuota(long maxEvents, long maxBytes) {
        if (maxEvents < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "onward.journey.max-events-per-sandbox and .max-bytes-per-sandbox must be at least 1, found "
                            + maxEvents + " and " + maxBytes);
        }
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /**
     * Checks that there is room for one more event.
     *
     * @throws EventsFullException when there is none
     */
    synchronized void require(Sandbox sandbox) {
        Depth depth = bySandbox.getOrDefault(sandbox, new Depth(sandbox, 0, 0));
        if (depth.events() >= maxEvents || depth.bytes() >= maxBytes) {
            throw new EventsFullException(
                    "the sandbox has " + depth.events() + " events waiting for its journeys, at most " + maxEvents
                            + " and " + maxBytes + " bytes are taken");
        }
    }

    synchronized void accepted(Sandbox sandbox, int bytes) {
        Depth depth = bySandbox.getOrDefault(sandbox, new Depth(sandbox, 0, 0));
        bySandbox.put(sandbox, new Depth(sandbox, depth.events() + 1, depth.bytes() + bytes));
    }

    /** So many wait now. */
    synchronized void counted(List<Depth> depths) {
        bySandbox = new HashMap<>();
        depths.forEach(depth -> bySandbox.put(depth.sandbox(), depth));
    }

    synchronized long waiting() {
        return bySandbox.values().stream().mapToLong(Depth::events).sum();
    }
}
