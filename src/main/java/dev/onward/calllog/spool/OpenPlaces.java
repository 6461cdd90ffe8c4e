package dev.onward.calllog.spool;

import java.time.Duration;

/** Counts the places that were given out and not used yet, so that the end can wait for them. Thread-safe. */
final class OpenPlaces {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private int open;
    private boolean closed;

    /** Counts one more; false after the end has begun. */
    synchronized boolean enter() {
        if (!closed) {
            open++;
        }
        return !closed;
    }

    synchronized void leave() {
        open--;
        notifyAll();
    }

    /**
     * Gives out no more and waits until all are used.
     *
     * @return false when that took longer than {@code atMost}
     */
    synchronized boolean close(Duration atMost) {
        closed = true;
        long end = System.nanoTime() + atMost.toNanos();
        try {
            for (long left = atMost.toNanos(); open > 0 && left > 0; left = end - System.nanoTime()) {
                wait(left / NANOS_PER_MILLI + 1);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        return open == 0;
    }
}
