package dev.onward.call;

import dev.onward.call.retry.RetryPolicy;
import java.time.Duration;

/**
 * How a call is made: how patiently, and what its endpoint asks for.
 *
 * @param window limit of all attempts together, 1 to 30 s
 * @param attemptTimeout limit of one attempt; the window's end cuts it short
 */
public record CallPolicy(
        Duration window,
        Duration attemptTimeout,
        RetryPolicy retry,
        Delivery delivery,
        BodyCapture capture,
        EndpointRules endpoint) {

    public CallPolicy {
        requirePositive("window", window);
        requirePositive("attemptTimeout", attemptTimeout);
    }

    /** The same with another window; an attempt may not take longer than it. */
    public CallPolicy withWindow(Duration newWindow) {
        Duration attempt = attemptTimeout.compareTo(newWindow) > 0 ? newWindow : attemptTimeout;
        return new CallPolicy(newWindow, attempt, retry, delivery, capture, endpoint);
    }

    /** How long a call may take at most: where a bound makes it wait, it waits for a place as long as its window lasts. */
    public Duration longest() {
        return endpoint.maxConcurrency().isPresent() ? window.multipliedBy(2) : window;
    }

    /** The same for an endpoint with other rules. */
    public CallPolicy withEndpoint(EndpointRules rules) {
        return new CallPolicy(window, attemptTimeout, retry, delivery, capture, rules);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than zero, found " + value);
        }
    }
}
