package dev.onward.call.guard;

/**
 * How many of the calls to one host may be in a retry: a fifth, but three in any case. A sick host is not made sicker by
 * every call coming four times. Not thread-safe.
 */
final class RetryBudget {

    static final int FLOOR = 3;
    private static final int FRACTION = 5;

    private int calls;
    private int retries;

    void callBegins() {
        calls++;
    }

    void callEnds() {
        calls--;
    }

    /** Begins a retry if there is room for it. */
    boolean tryRetry() {
        boolean fits = retries < Math.max(FLOOR, calls / FRACTION);
        retries += fits ? 1 : 0;
        return fits;
    }

    void retryEnds() {
        retries--;
    }
}
