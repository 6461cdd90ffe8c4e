package dev.onward.calllog.search;

import java.util.Optional;

/**
 * A request for one page of the log.
 *
 * @param after the last call of the page before
 * @param limit 1 to {@value #MAX_LIMIT} calls
 */
public record LogQuery(LogScope scope, LogFilter filter, Optional<LogCursor> after, int limit) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 1_000;

    public LogQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be from 1 to " + MAX_LIMIT + ", was " + limit);
        }
    }
}
