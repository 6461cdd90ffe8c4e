package dev.onward.call.retry;

import java.time.Duration;

/**
 * When a call is tried again.
 *
 * @param maxRetries 0 to 10, beyond the first attempt
 * @param on which failures are worth another try
 * @param base back-off before the first retry, at most
 * @param cap back-off before any retry, at most
 */
public record RetryPolicy(int maxRetries, RetryOn on, Duration base, Duration cap) {

    public static final int MAX_RETRIES = 10;

    /** No window is longer. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Three retries on the default failures, 200 ms to 5 s. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(3, RetryOn.DEFAULT, Duration.ofMillis(200), Duration.ofSeconds(5));

    public RetryPolicy {
        if (maxRetries < 0 || maxRetries > MAX_RETRIES) {
            throw new IllegalArgumentException("maxRetries must be from 0 to " + MAX_RETRIES + ", found " + maxRetries);
        }
        if (base.isNegative() || cap.isNegative() || base.compareTo(LONGEST) > 0 || cap.compareTo(LONGEST) > 0) {
            String found = base + " and " + cap;
            throw new IllegalArgumentException(
                    "back-off base and cap must be from zero to " + LONGEST + ", found " + found);
        }
    }
}
