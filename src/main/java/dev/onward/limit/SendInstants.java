package dev.onward.limit;

import java.util.concurrent.CompletionStage;

/** Where the moments come from at which a throttling lets calls go: every moment is given once, to one process. Thread-safe. */
interface SendInstants {

    /**
     * How far apart two moments of one process are, in nanoseconds: as many as the rate says take a little longer than the
     * window in which no more of them may be sent, so that what a late timer lost is made up for.
     */
    static long spacingNanos(int rate) {
        return 1_016_000_000L / rate + 1;
    }

    /**
     * How far apart moments are that several processes take: each sees to it that no second holds more than the rate of
     * its own, and may use a moment late by a fiftieth of a second, which the distance makes up for.
     */
    static long sharedSpacingNanos(int rate) {
        return 1_020_000_000L / rate + 1;
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
