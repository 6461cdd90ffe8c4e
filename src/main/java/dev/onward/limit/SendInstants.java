package dev.onward.limit;

import java.util.concurrent.CompletionStage;

/** Where the moments come from at which a throttling lets calls go: every moment is given once, to one process. Thread-safe. */
interface SendInstants {

    /**
     * Takes the next moments of a throttling.
     *
     * @param count at least 1
     * @param rate moments in a second
     * @return completes when they are this process's; may fail, and then none are
     */
    CompletionStage<Slice> take(int count, int rate);

    /**
     * Evenly spaced moments.
     *
     * @param delayNanos from the completion to the first; what passes between is to be waited out as well
     */
    record Slice(int count, long delayNanos, long spacingNanos) {}
}
