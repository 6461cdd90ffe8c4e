package dev.onward.call.http;

import dev.onward.call.Timer;
import dev.onward.call.Timings;
import java.time.Duration;
import java.util.Optional;

/**
 * Measures one attempt. It starts with its creation, and its phases follow one another: look up, wait for the turn to ask
 * for a connection, ask, send, read. Not thread-safe.
 */
final class Stopwatch {

    private final Timer timer;
    private final long startedAt;
    private Optional<Duration> queued = Optional.empty();
    private Optional<Duration> dns = Optional.empty();
    private Optional<Duration> connect = Optional.empty();
    private Optional<Duration> tls = Optional.empty();
    private Optional<Duration> firstByte = Optional.empty();
    private Phase phase = Phase.LOOKING_UP;
    private boolean waited;
    private long askedAt;
    private long grantedAt;

    private enum Phase {
        LOOKING_UP,
        WAITING,
        CONNECTING,
        UNDER_WAY
    }

    Stopwatch(Timer timer) {
        this.timer = timer;
        this.startedAt = timer.nanoTime();
        this.askedAt = startedAt;
        this.grantedAt = startedAt;
    }

    /** The name is not in the cache: it is looked up. */
    void looksUp() {
        waited = true;
    }

    /** A connection is asked for. */
    void asked() {
        askedAt = timer.nanoTime();
        if (phase == Phase.LOOKING_UP && waited) {
            dns = Optional.of(between(startedAt, askedAt));
        }
        phase = Phase.CONNECTING;
    }

    /** It is not its turn yet to be given a connection. */
    void waits() {
        phase = Phase.WAITING;
    }

    /** Now it is. */
    void hasWaited() {
        long now = timer.nanoTime();
        queued = Optional.of(between(askedAt, now));
        askedAt = now;
        phase = Phase.CONNECTING;
    }

    /**
     * A connection is there and the request goes out. One that was opened for another request, or before this one
     * asked, cost nothing.
     */
    void granted(OpenConnection connection, boolean reused) {
        grantedAt = timer.nanoTime();
        phase = Phase.UNDER_WAY;
        connect = Optional.empty();
        tls = Optional.empty();
        Duration opening = between(askedAt, connection.openedAtNanos());
        if (!reused && !opening.isNegative()) {
            Duration handshake = connection.handshake();
            connect = Optional.of(opening.minus(handshake));
            tls = Optional.of(handshake).filter(duration -> !duration.isZero());
        }
        queued = Optional.of(between(startedAt, grantedAt)
                .minus(dns.orElse(Duration.ZERO))
                .minus(connect.orElse(Duration.ZERO))
                .minus(tls.orElse(Duration.ZERO)));
    }

    /** The head of the answer is there. */
    void answered() {
        firstByte = Optional.of(between(grantedAt, timer.nanoTime()));
    }

    /** The timings; an attempt that ended while it looked up, waited or connected spent the rest of its time on that. */
    Timings stop() {
        long now = timer.nanoTime();
        if (phase == Phase.LOOKING_UP && waited) {
            dns = Optional.of(between(startedAt, now));
        }
        if (phase == Phase.WAITING) {
            queued = Optional.of(between(askedAt, now));
        }
        if (phase == Phase.CONNECTING) {
            connect = Optional.of(between(askedAt, now));
        }
        return new Timings(queued, dns, connect, tls, firstByte, between(startedAt, now));
    }

    private static Duration between(long from, long to) {
        return Duration.ofNanos(to - from);
    }
}
