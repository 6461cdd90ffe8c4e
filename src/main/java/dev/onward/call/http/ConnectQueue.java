package dev.onward.call.http;

import dev.onward.call.Timer;
import io.vertx.core.http.HttpClient;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Lets only so many requests ask a pool for a connection at a time; the others wait, in their order. A burst of thousands
 * of connections at once overflows the accept queue of a provider, which then drops what does not fit, and those calls
 * fail although it serves all that it accepts.
 *
 * <p>While somebody waits, a turn lasts {@link #SLICE} at most: what takes longer hangs, and must not keep others from
 * connections that are idle. Thread-safe.
 */
final class ConnectQueue {

    static final Duration SLICE = Duration.ofMillis(100);

    private final int maxAsking;
    private final Timer timer;

    /** Guarded by this, as are the lines themselves. */
    private final Map<Target, Line> lines = new HashMap<>();

    /**
     * What one pool of connections is for.
     *
     * @param client the same for one sandbox, kind and certificate
     * @param host whose name was looked up
     */
    record Target(HttpClient client, String host, InetAddress address, int port) {}

    /** The right to ask. Thread-safe. */
    final class Turn {

        private final Line line;
        private final long slice;

        private Turn(Line line) {
            this.line = line;
            this.slice = line.slice;
        }

        /** There is a connection, or none to be had. Called once. */
        void leave() {
            left(this).forEach(Runnable::run);
        }
    }

    private static final class Line {

        private final Target target;
        private final Queue<Consumer<Turn>> waiting = new ArrayDeque<>(1);
        private int asking;
        private long slice;
        private boolean timed;

        private Line(Target target) {
            this.target = target;
        }
    }

    ConnectQueue(int maxAsking, Timer timer) {
        if (maxAsking < 1) {
            throw new IllegalArgumentException("at least one must be able to ask, found " + maxAsking);
        }
        this.maxAsking = maxAsking;
        this.timer = timer;
    }

    /**
     * Asks for a turn.
     *
     * @param later gets the turn, on any thread, when there is none at once
     */
    synchronized Optional<Turn> enter(Target target, Consumer<Turn> later) {
        Line line = lines.computeIfAbsent(target, Line::new);
        if (line.asking < maxAsking) {
            line.asking++;
            return Optional.of(new Turn(line));
        }
        line.waiting.add(later);
        time(line);
        return Optional.empty();
    }

    private void time(Line line) {
        if (!line.timed) {
            line.timed = true;
            timer.schedule(SLICE, () -> nextSlice(line).forEach(Runnable::run));
        }
    }

    /** Those who have asked all the time do not count any more. */
    private synchronized List<Runnable> nextSlice(Line line) {
        line.timed = false;
        if (line.waiting.isEmpty()) {
            return List.of();
        }
        line.slice++;
        line.asking = 0;
        List<Runnable> next = admit(line);
        if (!line.waiting.isEmpty()) {
            time(line);
        }
        return next;
    }

    private synchronized List<Runnable> left(Turn turn) {
        Line line = turn.line;
        if (turn.slice != line.slice) {
            return List.of();
        }
        line.asking--;
        List<Runnable> next = admit(line);
        if (line.asking == 0) {
            lines.remove(line.target);
        }
        return next;
    }

    private List<Runnable> admit(Line line) {
        if (line.waiting.isEmpty()) {
            return List.of();
        }
        List<Runnable> next = new ArrayList<>();
        while (line.asking < maxAsking && !line.waiting.isEmpty()) {
            line.asking++;
            Consumer<Turn> first = line.waiting.remove();
            Turn turn = new Turn(line);
            next.add(() -> first.accept(turn));
        }
        return next;
    }
}
