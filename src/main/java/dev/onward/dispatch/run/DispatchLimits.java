package dev.onward.dispatch.run;

import java.time.Duration;

/**
 * How much this process runs.
 *
 * @param maxInFlight durable calls at once
 * @param lease how long others wait for a sign of life
 */
public record DispatchLimits(int maxInFlight, Duration lease) {

    private static final int MOST_IN_FLIGHT = 100_000;
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);
    private static final Duration LONGEST_LEASE = Duration.ofMinutes(10);

    public DispatchLimits {
        if (maxInFlight < 1 || maxInFlight > MOST_IN_FLIGHT) {
            throw new IllegalArgumentException(
                    "onward.dispatch.max-in-flight must be from 1 to " + MOST_IN_FLIGHT + ", found " + maxInFlight);
        }
        if (lease.compareTo(SHORTEST_LEASE) < 0 || lease.compareTo(LONGEST_LEASE) > 0) {
            throw new IllegalArgumentException("onward.dispatch.lease must be from " + SHORTEST_LEASE + " to "
                    + LONGEST_LEASE + ", found " + lease);
        }
    }

    /** Of one sandbox: the other half is for the others. */
    int perSandbox() {
        return Math.max(1, maxInFlight / 2);
    }

    /** Of one host: a slow one takes nobody else's place. */
    int perHost() {
        return Math.max(1, maxInFlight / 4);
    }
}
