package dev.onward.call.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is known of one open connection. Thread-safe. */
final class OpenConnection {

    private final long openedAtNanos;
    private final Duration handshake;
    private final AtomicBoolean used = new AtomicBoolean();
    private final AtomicBoolean retired = new AtomicBoolean();
    private volatile int lastProcessedStream = Integer.MAX_VALUE;

    /**
     * A connection.
     *
     * @param handshake of TLS, which ended with the opening; zero in clear text
     */
    OpenConnection(long openedAtNanos, Duration handshake) {
        this.openedAtNanos = openedAtNanos;
        this.handshake = handshake;
    }

    /** Takes note that a request goes out on it; whether it had another one before. */
    boolean use() {
        return used.get() || used.getAndSet(true);
    }

    /** Takes note that it shall take no more requests; false when that was so. */
    boolean retire() {
        return !retired.getAndSet(true);
    }

    boolean isRetired() {
        return retired.get();
    }

    /** The peer will process no stream above this one (RFC 9113 §6.8). */
    void goesAway(int lastStream) {
        lastProcessedStream = lastStream;
    }

    /** Whether the peer has told that it did not and will not process this stream. */
    boolean passedBy(int stream) {
        return stream > lastProcessedStream;
    }

    long openedAtNanos() {
        return openedAtNanos;
    }

    Duration handshake() {
        return handshake;
    }
}
