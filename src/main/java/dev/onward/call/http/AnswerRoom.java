package dev.onward.call.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the answers that are being read may take together: many providers that stop just below the size of one
 * answer must not take it all. Thread-safe.
 */
final class AnswerRoom {

    private static final int SHARE_OF_HEAP = 4;

    private final AtomicLong free;

    AnswerRoom(long bytes) {
        this.free = new AtomicLong(bytes);
    }

    /** A quarter of what the JVM may take. */
    static AnswerRoom ofHeap() {
        return new AnswerRoom(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** Takes room; false, and nothing is taken, when there is too little. */
    boolean tryTake(int bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    void giveBack(int bytes) {
        free.addAndGet(bytes);
    }

    long free() {
        return free.get();
    }
}
