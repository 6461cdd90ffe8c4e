package dev.onward.limit;

import java.util.concurrent.CompletionStage;

/** Where the moments come from at which a throttling lets calls go: every moment is given once, to one process. Thread-safe. */
interface SendInstants {

    /**
     * How far apart two moments are, in nanoseconds. They are a hundredth further apart than the rate says: whoever uses
     * his moment late, by a hundredth of a second at most, brings no second above the rate.
     */
    static long spacingNanos(int rate) {
        return 1_010_000_000L / rate + 1;
    }

    /**
     * Takes the next moments of a throttling.
     *
     * @param count at least 1
     * @param rate calls in a second
     * @return completes when they are this process's; may fail, and then none are
     */
    CompletionStage<Slice> take(int count, int rate);

    /**
     * Evenly spaced moments.
     *
     * @param firstNanos of the engine's timer, when the first has come for sure
     * @param doubtNanos by how much earlier it may have come
     */
    record Slice(int count, long firstNanos, long spacingNanos, long doubtNanos) {}
}
