package dev.onward.call;

import dev.onward.call.retry.RetryPolicy;
import java.time.Duration;

/**
 * How patiently a call is made.
 *
 * @param window limit of all attempts together, 1 to 30 s
 * @param attemptTimeout limit of one attempt; the window's end cuts it short
 */
public record CallPolicy(
        Duration window, Duration attemptTimeout, RetryPolicy retry, Delivery delivery, BodyCapture capture) {

    public CallPolicy {
        requirePositive("window", window);
        requirePositive("attemptTimeout", attemptTimeout);
    }

    /** The same with another window; an attempt may not take longer than it. */
    public CallPolicy withWindow(Duration newWindow) {
        Duration attempt = attemptTimeout.compareTo(newWindow) > 0 ? newWindow : attemptTimeout;
        return new CallPolicy(newWindow, attempt, retry, delivery, capture);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than zero, found " + value);
        }
    }
}
