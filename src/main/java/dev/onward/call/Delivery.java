package dev.onward.call;

/** What to do after bytes were sent and no answer came. */
public enum Delivery {
    /** Try again: the provider may see the request twice, with the same {@code Idempotency-Key}. */
    AT_LEAST_ONCE("at-least-once"),
    /** Give up: the call ends {@code failed}, code {@code outcome-unknown}. */
    AT_MOST_ONCE("at-most-once");

    private final String wireName;

    Delivery(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
