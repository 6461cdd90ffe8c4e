package dev.onward.call.retry;

import java.util.Set;

/**
 * Which failures are tried again. Never 401, 403, 404, nor a 3xx.
 *
 * @param statuses HTTP statuses
 * @param io name lookup, connect, reset, TLS I/O, protocol error, attempt timeout
 */
public record RetryOn(Set<Integer> statuses, boolean io) {

    /** The default set. */
    public static final RetryOn DEFAULT = new RetryOn(Set.of(408, 425, 429, 500, 502, 503, 504, 507, 529), true);

    public RetryOn {
        statuses = Set.copyOf(statuses);
    }
}
