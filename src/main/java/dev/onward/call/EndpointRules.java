package dev.onward.call;

import java.util.OptionalInt;

/**
 * How an endpoint wants to be called.
 *
 * @param maxConcurrency 1 to {@value #MAX_CONCURRENCY} calls at once; the calls of all actions with a bound count
 *     together for each scheme, host and port of a sandbox. Empty: no bound
 */
public record EndpointRules(Redirects redirects, OptionalInt maxConcurrency) {

    public static final int MAX_CONCURRENCY = 12_000;

    /** No redirects, no bound. */
    public static final EndpointRules DEFAULT = new EndpointRules(Redirects.NONE, OptionalInt.empty());

    public EndpointRules {
        if (maxConcurrency.isPresent()
                && (maxConcurrency.getAsInt() < 1 || maxConcurrency.getAsInt() > MAX_CONCURRENCY)) {
            throw new IllegalArgumentException(
                    "maxConcurrency must be from 1 to " + MAX_CONCURRENCY + ", found " + maxConcurrency.getAsInt());
        }
    }
}
