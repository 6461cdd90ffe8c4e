package dev.onward.call;

import java.time.Duration;

/** Monotonic time and waiting. Thread-safe; callable from an event loop. */
public interface Timer {

    /** Nanoseconds since some moment in the past; only differences mean anything, and no clock change moves them. */
    long nanoTime();

    /**
     * Runs the task once, after the delay, on any thread. The task must not block.
     *
     * @param delay zero means as soon as possible, but never inside this method
     */
    Scheduled schedule(Duration delay, Runnable task);

    /** A task that waits for its time. */
    interface Scheduled {

        /** Keeps the task from starting, if it has not started. Repeatable. */
        void cancel();
    }
}
