package dev.onward.action;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where this process and its database listen, as asked before every call. The database's addresses may have to be looked
 * up, which blocks: that happens once at the start, and again in the background when they are older than
 * {@link #MAX_AGE}. Thread-safe.
 */
final class OwnAddresses implements Supplier<Set<InetSocketAddress>> {

    static final Duration MAX_AGE = Duration.ofSeconds(30);

    private final Supplier<List<InetSocketAddress>> database;
    private final Supplier<Set<Integer>> listenerPorts;
    private final Executor background;
    private final LongSupplier nanoTime;
    private final AtomicBoolean lookingUp = new AtomicBoolean();
    private volatile Snapshot snapshot;

    /**
     * Looks the database's addresses up for the first time.
     *
     * @param listenerPorts of this process, which are not known before it listens
     * @param nanoTime nanoseconds since any fixed moment
     */
    OwnAddresses(
            Supplier<List<InetSocketAddress>> database,
            Supplier<Set<Integer>> listenerPorts,
            Executor background,
            LongSupplier nanoTime) {
        this.database = database;
        this.listenerPorts = listenerPorts;
        this.background = background;
        this.nanoTime = nanoTime;
        this.snapshot = read(Set.of());
    }

    @Override
    public Set<InetSocketAddress> get() {
        Snapshot known = snapshot;
        Set<Integer> ports = listenerPorts.get();
        if (!known.ports().equals(ports)) {
            known = known.with(ports);
            snapshot = known;
        }
        if (nanoTime.getAsLong() - known.readAt() > MAX_AGE.toNanos() && lookingUp.compareAndSet(false, true)) {
            refreshInBackground();
        }
        return known.all();
    }

    private void refreshInBackground() {
        try {
            background.execute(this::refresh);
        } catch (RejectedExecutionException stopping) {
            lookingUp.set(false);
        }
    }

    private void refresh() {
        try {
            snapshot = snapshot.renewed(database.get(), listenerPorts.get(), nanoTime.getAsLong());
        } finally {
            lookingUp.set(false);
        }
    }

    private Snapshot read(Set<Integer> ports) {
        return Snapshot.of(database.get(), ports, nanoTime.getAsLong());
    }

    private record Snapshot(
            List<InetSocketAddress> database, Set<Integer> ports, Set<InetSocketAddress> all, long readAt) {

        static Snapshot of(Collection<InetSocketAddress> database, Set<Integer> ports, long readAt) {
            Set<InetSocketAddress> all = new HashSet<>(database);
            ports.forEach(port -> all.add(new InetSocketAddress(port)));
            return new Snapshot(List.copyOf(database), ports, Set.copyOf(all), readAt);
        }

        /** A host that does not resolve just now has not moved: with fewer addresses the old ones stay. */
        Snapshot renewed(List<InetSocketAddress> found, Set<Integer> newPorts, long now) {
            Set<InetSocketAddress> known = new LinkedHashSet<>(found);
            if (found.size() < database.size()) {
                known.addAll(database);
            }
            return of(known, newPorts, now);
        }

        Snapshot with(Set<Integer> newPorts) {
            return of(database, newPorts, readAt);
        }
    }
}
