package dev.onward.call.http;

import dev.onward.call.Timer;
import dev.onward.call.Timings;
import java.time.Duration;
import java.util.Optional;

/** Measures one attempt. It starts with its creation. Not thread-safe. */
final class Stopwatch {

    private final Timer timer;
    private final long startedAt;
    private long askedAt;
    private Optional<Duration> queued = Optional.empty();
    private Optional<Duration> connect = Optional.empty();
    private Optional<Duration> firstByte = Optional.empty();
    private long grantedAt;

    Stopwatch(Timer timer) {
        this.timer = timer;
        this.startedAt = timer.nanoTime();
    }

    /** A connection is asked for. */
    void asked() {
        askedAt = timer.nanoTime();
    }

    /** A connection is there and the request goes out. One that was opened before it was asked for cost nothing. */
    void granted(OpenConnections.Use use) {
        grantedAt = timer.nanoTime();
        connect = use.openedAtNanos()
                .map(openedAt -> openedAt - askedAt)
                .filter(nanos -> nanos >= 0)
                .map(Duration::ofNanos);
        queued = Optional.of(between(startedAt, grantedAt).minus(connect.orElse(Duration.ZERO)));
    }

    /** The head of the answer is there. */
    void answered() {
        firstByte = Optional.of(between(grantedAt, timer.nanoTime()));
    }

    Timings stop() {
        return new Timings(queued, connect, Optional.empty(), firstByte, between(startedAt, timer.nanoTime()));
    }

    private static Duration between(long from, long to) {
        return Duration.ofNanos(to - from);
    }
}
