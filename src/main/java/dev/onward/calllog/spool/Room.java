package dev.onward.calllog.spool;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that the spool holds or has promised to hold. Thread-safe, never waits. */
final class Room {

    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();

    /** @param maxBytes no more room is promised above it; rows larger than promised may exceed it */
    Room(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes room unless there is too little. */
    boolean tryTake(long bytes) {
        long before = used.get();
        while (before + bytes <= maxBytes) {
            if (used.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = used.get();
        }
        return false;
    }

    /** Takes, or with a negative number gives back, room that is used already. */
    void correct(long bytes) {
        used.addAndGet(bytes);
    }

    long used() {
        return used.get();
    }

    long max() {
        return maxBytes;
    }
}
