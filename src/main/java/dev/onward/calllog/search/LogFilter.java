package dev.onward.calllog.search;

import java.time.Instant;
import java.util.Optional;

/**
 * Which calls to find: those that satisfy every given condition.
 *
 * @param outcome as clients see it
 * @param status of the last answer
 * @param host in lower case
 * @param from inclusive
 * @param to exclusive
 */
public record LogFilter(
        Optional<String> action,
        Optional<String> journey,
        Optional<String> profile,
        Optional<String> outcome,
        Optional<StatusRange> status,
        Optional<String> host,
        Optional<Instant> from,
        Optional<Instant> to) {

    /** Finds every call. */
    public static final LogFilter ALL = new LogFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
}
