package dev.onward.dispatch.run;

import java.time.Duration;

/**
 * How many calls of a lane may be under way: few at first, one more with each that is let in at once, one less with each
 * that had to wait long for its turn. Not thread-safe.
 */
final class LaneWindow {

    private static final int FIRST = 32;
    private static final int LARGEST = 100_000;

    /** One whose turn has come and one behind it, or a lane with turns in a row would have one. */
    private static final int SMALLEST = 2;

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(2);

    private int most = FIRST;

    int most() {
        return most;
    }

    /**
     * A call was let in.
     *
     * @param waited since it came
     * @param inFlight calls of the lane, itself included
     */
    void admitted(Duration waited, int inFlight) {
        if (waited.compareTo(SHORT) <= 0) {
            most = Math.min(LARGEST, most + 1);
        } else if (waited.compareTo(LONG) > 0) {
            most = Math.max(SMALLEST, Math.min(most, inFlight) - 1);
        }
    }
}
