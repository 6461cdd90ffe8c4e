package dev.onward.call.http;

import dev.onward.sandbox.Sandbox;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Lets only so many requests of a sandbox ask for a connection to one address at a time; the others wait, in their order.
 * A burst of thousands of connections at once overflows the accept queue of a provider, which then drops what does not
 * fit, and those calls fail although it serves all that it accepts. Thread-safe.
 */
final class ConnectQueue {

    private final int maxAsking;
    private final Map<Target, Line> lines = new HashMap<>();

    /** Where connections of one sandbox lead. */
    record Target(Sandbox sandbox, InetAddress address, int port) {}

    private static final class Line {

        private final Queue<Runnable> waiting = new ArrayDeque<>(1);
        private int asking;
    }

    ConnectQueue(int maxAsking) {
        this.maxAsking = maxAsking;
    }

    /**
     * Asks for a turn. Whoever has one must {@link #leave} when it has a connection, or gets none.
     *
     * @param later is run, on any thread, when the turn comes, unless it is there at once
     * @return whether it is there at once
     */
    synchronized boolean enter(Target target, Runnable later) {
        Line line = lines.computeIfAbsent(target, absent -> new Line());
        if (line.asking == maxAsking) {
            line.waiting.add(later);
            return false;
        }
        line.asking++;
        return true;
    }

    /** Ends a turn, and so begins that of who waits longest. */
    void leave(Target target) {
        next(target).ifPresent(Runnable::run);
    }

    private synchronized Optional<Runnable> next(Target target) {
        Line line = lines.get(target);
        if (line == null) {
            throw new IllegalStateException("nobody has a turn there");
        }
        Runnable next = line.waiting.poll();
        if (next == null) {
            line.asking--;
            if (line.asking == 0) {
                lines.remove(target);
            }
        }
        return Optional.ofNullable(next);
    }
}
