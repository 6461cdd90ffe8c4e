package dev.onward.calllog.spool;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting that an interrupt does not cut short; the interrupt is kept for the caller. */
final class Uninterruptibly {

    private Uninterruptibly() {}

    /** Waits for the thread's end, but no longer than {@code atMost}. */
    static void join(Thread thread, Duration atMost) {
        boolean interrupted = false;
        long end = System.nanoTime() + atMost.toNanos();
        for (long rest = atMost.toNanos(); rest > 0 && thread.isAlive(); rest = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, rest);
            } catch (InterruptedException kept) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
