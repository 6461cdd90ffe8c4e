package dev.onward.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What each sandbox has in a queue, so that one of them cannot fill it for all. Exact for what this process does; of what
 * the others do it learns with the next {@link #count}. Thread-safe.
 */
public final class Quota {

    private final Terms terms;
    private final Map<Sandbox, Depth> bySandbox = new HashMap<>();

    public Quota(Terms terms) {
        this.terms = terms;
    }

    /**
     * How much there may be of a sandbox.
     *
     * @param what waits in the queue, in the plural
     * @param keys of the configuration that the limits come from
     * @param maxItems at least 1
     * @param maxBytes at least 1
     * @param full makes what is thrown when there is no room, from the reason
     */
    public record Terms(
            String what, String keys, long maxItems, long maxBytes, Function<String, ? extends RuntimeException> full) {

        public Terms {
            if (maxItems < 1 || maxBytes < 1) {
                throw new IllegalArgumentException(
                        keys + " must be at least 1, found " + maxItems + " and " + maxBytes);
            }
        }
    }

    /** What a sandbox has in the queue. */
    public record Depth(Sandbox sandbox, long items, long bytes) {

        static Depth nothing(Sandbox sandbox) {
            return new Depth(sandbox, 0, 0);
        }

        /** Both together, of the same sandbox; bytes are never below zero. */
        public Depth plus(Depth other) {
            return new Depth(sandbox, items + other.items, Math.max(0, bytes + other.bytes));
        }

        private Depth minus(Depth other) {
            return new Depth(sandbox, items - other.items, bytes - other.bytes);
        }
    }

    /**
     * Takes room for one.
     *
     * @throws RuntimeException as the terms make it, when there is none
     */
    public synchronized void take(Sandbox sandbox, int bytes) {
        Depth used = used(sandbox);
        if (used.items() >= terms.maxItems()) {
            String reason = "the sandbox has as many %s waiting as it may, %d";
            throw terms.full().apply(reason.formatted(terms.what(), terms.maxItems()));
        }
        if (used.bytes() + bytes > terms.maxBytes()) {
            String reason = "the %s of the sandbox hold as much as they may, %d bytes";
            throw terms.full().apply(reason.formatted(terms.what(), terms.maxBytes()));
        }
        takeStored(sandbox, bytes);
    }

    /** Takes room that cannot be refused any more: it is stored. */
    public synchronized void takeStored(Sandbox sandbox, int bytes) {
        bySandbox.put(sandbox, used(sandbox).plus(new Depth(sandbox, 1, bytes)));
    }

    /** Whether there is room for one. */
    public synchronized boolean hasRoom(Sandbox sandbox) {
        Depth used = used(sandbox);
        return used.items() < terms.maxItems() && used.bytes() < terms.maxBytes();
    }

    /** Gives the room of one back: it has ended, or was not accepted. */
    public void give(Sandbox sandbox, int bytes) {
        give(new Depth(sandbox, 1, bytes));
    }

    /** Gives the room of several back. */
    public void give(Depth room) {
        add(Depth.nothing(room.sandbox()).minus(room));
    }

    /** Corrects what is remembered by what there is; what changes meanwhile counts on top. */
    public void count(Supplier<List<Depth>> count) {
        Map<Sandbox, Depth> before = copy();
        Map<Sandbox, Depth> counted = new HashMap<>();
        count.get().forEach(depth -> counted.put(depth.sandbox(), depth));
        Set<Sandbox> all = new TreeSet<>((one, other) -> one.name().compareTo(other.name()));
        all.addAll(before.keySet());
        all.addAll(counted.keySet());
        for (Sandbox sandbox : all) {
            Depth nothing = Depth.nothing(sandbox);
            Depth was = before.getOrDefault(sandbox, nothing);
            add(counted.getOrDefault(sandbox, nothing).minus(was));
        }
    }

    /** Those that have something in the queue. */
    public synchronized Set<Sandbox> sandboxes() {
        return Set.copyOf(bySandbox.keySet());
    }

    /** How many there are of all sandboxes. */
    public synchronized long used() {
        return bySandbox.values().stream().mapToLong(Depth::items).sum();
    }

    private synchronized Map<Sandbox, Depth> copy() {
        return new HashMap<>(bySandbox);
    }

    private synchronized void add(Depth difference) {
        Sandbox sandbox = difference.sandbox();
        Depth now = used(sandbox).plus(difference);
        if (now.items() <= 0) {
            bySandbox.remove(sandbox);
        } else {
            bySandbox.put(sandbox, now);
        }
    }

    private Depth used(Sandbox sandbox) {
        return bySandbox.getOrDefault(sandbox, Depth.nothing(sandbox));
    }
}
