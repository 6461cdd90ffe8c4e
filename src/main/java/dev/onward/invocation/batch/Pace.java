package dev.onward.invocation.batch;

/**
 * How many lines may begin before the next try while there is no room for all: one after a refusal, then twice as many
 * from try to try, so that scarce room is not asked for by every line at once. Not thread-safe.
 */
final class Pace {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final int concurrency;
    private int permitted = NO_LIMIT;
    private int share = 1;

    /** @param concurrency at so many lines a try there is no limit any more */
    Pace(int concurrency) {
        this.concurrency = concurrency;
    }

    boolean mayBegin() {
        return permitted > 0;
    }

    void began() {
        permitted -= permitted == NO_LIMIT ? 0 : 1;
    }

    /** A line found no room. */
    void refused() {
        permitted = 0;
        share = 1;
    }

    /** The next try; true when another one must follow. */
    boolean tryAgain() {
        if (share >= concurrency) {
            permitted = NO_LIMIT;
            return false;
        }
        permitted = share;
        share *= 2;
        return true;
    }
}
