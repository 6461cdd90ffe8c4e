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

    /** Three retries on the default failures, 200 ms to 5 s. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(3, RetryOn.DEFAULT, Duration.ofMillis(200), Duration.ofSeconds(5));
}
