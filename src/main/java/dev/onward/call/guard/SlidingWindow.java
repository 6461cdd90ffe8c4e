package dev.onward.call.guard;

import java.util.Arrays;

/** Counts attempts and failures of the last ten seconds, second by second. Not thread-safe. */
final class SlidingWindow {

    private static final int SECONDS = 10;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final int[] attempts = new int[SECONDS];
    private final int[] failures = new int[SECONDS];
    private long newest;
    private int allAttempts;
    private int allFailures;

    /** @param now monotonic nanoseconds, never before those of an earlier use */
    void add(boolean failed, long now) {
        moveTo(now);
        int bucket = bucket(newest);
        attempts[bucket]++;
        allAttempts++;
        failures[bucket] += failed ? 1 : 0;
        allFailures += failed ? 1 : 0;
    }

    void clear() {
        Arrays.fill(attempts, 0);
        Arrays.fill(failures, 0);
        allAttempts = 0;
        allFailures = 0;
    }

    int attempts() {
        return allAttempts;
    }

    int failures() {
        return allFailures;
    }

    private void moveTo(long now) {
        long second = Math.floorDiv(now, NANOS_PER_SECOND);
        if (second - newest >= SECONDS) {
            clear();
        }
        if (allAttempts == 0) {
            newest = second;
        }
        while (newest < second) {
            newest++;
            int bucket = bucket(newest);
            allAttempts -= attempts[bucket];
            allFailures -= failures[bucket];
            attempts[bucket] = 0;
            failures[bucket] = 0;
        }
    }

    private static int bucket(long second) {
        return Math.floorMod(second, SECONDS);
    }
}
