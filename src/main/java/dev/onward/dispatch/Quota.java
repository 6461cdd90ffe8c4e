package dev.onward.dispatch;

import dev.onward.dispatch.store.QueueStore.Depth;
import dev.onward.sandbox.Sandbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What each sandbox has in the queue, so that one of them cannot fill it for all. Exact for what this process does; of what
 * the others do it learns with the next {@link #count}. Thread-safe.
 */
final class Quota {

    private final long maxCalls;
    private final long maxBytes;
    private final Map<Sandbox, Used> bySandbox = new HashMap<>();

    /** @param maxCalls of a sandbox, at least 1 */
    Quota(long maxCalls, long maxBytes) {
        if (maxCalls < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "onward.dispatch.max-calls-per-sandbox and .max-bytes-per-sandbox must be at" + " least 1, found "
                            + maxCalls + " and " + maxBytes);
        }
        this.maxCalls = maxCalls;
        this.maxBytes = maxBytes;
    }

    /**
     * Takes room for a call.
     *
     * @throws QueueFullException when there is none
     */
    synchronized void take(Sandbox sandbox, int bytes) {
        Used used = bySandbox.getOrDefault(sandbox, Used.NOTHING);
        if (used.calls() >= maxCalls) {
            throw new QueueFullException("the sandbox has as many durable calls waiting as it may, " + maxCalls);
        }
        if (used.bytes() + bytes > maxBytes) {
            throw new QueueFullException(
                    "the durable calls of the sandbox hold as much as they may, " + maxBytes + " bytes");
        }
        bySandbox.put(sandbox, used.plus(1, bytes));
    }

    /** Takes room that cannot be refused any more: the call is stored. */
    synchronized void takeStored(Sandbox sandbox, int bytes) {
        bySandbox.put(sandbox, bySandbox.getOrDefault(sandbox, Used.NOTHING).plus(1, bytes));
    }

    /** Whether there is room for a call. */
    synchronized boolean hasRoom(Sandbox sandbox) {
        Used used = bySandbox.getOrDefault(sandbox, Used.NOTHING);
        return used.calls() < maxCalls && used.bytes() < maxBytes;
    }

    /** Gives the room of a call back: it has ended, or was not accepted. */
    synchronized void give(Sandbox sandbox, int bytes) {
        set(sandbox, bySandbox.getOrDefault(sandbox, Used.NOTHING).plus(-1, -bytes));
    }

    /** Corrects what is remembered by what there is; what changes meanwhile counts on top. */
    void count(Supplier<List<Depth>> count) {
        Map<Sandbox, Used> before = copy();
        Map<Sandbox, Used> counted = new HashMap<>();
        count.get().forEach(depth -> counted.put(depth.sandbox(), new Used(depth.calls(), depth.bytes())));
        Set<Sandbox> all = new TreeSet<>((one, other) -> one.name().compareTo(other.name()));
        all.addAll(before.keySet());
        all.addAll(counted.keySet());
        all.forEach(sandbox -> correct(
                sandbox, before.getOrDefault(sandbox, Used.NOTHING), counted.getOrDefault(sandbox, Used.NOTHING)));
    }

    private synchronized Map<Sandbox, Used> copy() {
        return new HashMap<>(bySandbox);
    }

    private synchronized void correct(Sandbox sandbox, Used before, Used counted) {
        Used now = bySandbox.getOrDefault(sandbox, Used.NOTHING);
        set(sandbox, now.plus(counted.calls() - before.calls(), counted.bytes() - before.bytes()));
    }

    private void set(Sandbox sandbox, Used used) {
        if (used.calls() <= 0) {
            bySandbox.remove(sandbox);
        } else {
            bySandbox.put(sandbox, used);
        }
    }

    private record Used(long calls, long bytes) {

        private static final Used NOTHING = new Used(0, 0);

        Used plus(long moreCalls, long moreBytes) {
            return new Used(calls + moreCalls, Math.max(0, bytes + moreBytes));
        }
    }
}
