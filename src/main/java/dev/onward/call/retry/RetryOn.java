package dev.onward.call.retry;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Issues;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which failures are tried again. Never 401, 403, 404, nor a 3xx.
 *
 * @param statuses HTTP statuses, 400 to 999
 * @param io name lookup, connect, reset, TLS I/O, protocol error, attempt timeout
 */
public record RetryOn(Set<Integer> statuses, boolean io) {

    static final int MIN_STATUS = 400;
    static final int MAX_STATUS = 999;
    static final Set<Integer> NEVER = Set.of(401, 403, 404);

    /** The default set. */
    public static final RetryOn DEFAULT = new RetryOn(Set.of(408, 425, 429, 500, 502, 503, 504, 507, 529), true);

    /** The model system's set: every HTTP error but 401, 403 and 404, and every technical failure. */
    public static final RetryOn AJO = new RetryOn(errorStatuses(MIN_STATUS, MAX_STATUS), true);

    public RetryOn {
        statuses = Set.copyOf(statuses);
        for (int status : statuses) {
            if (status < MIN_STATUS || status > MAX_STATUS || NEVER.contains(status)) {
                throw new IllegalArgumentException(
                        "status " + status + " is never retried; allowed are 400 to 999 without 401, 403 and 404");
            }
        }
    }

    /** Every status from {@code first} to {@code last} that may be retried. */
    static Set<Integer> errorStatuses(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .filter(status -> !NEVER.contains(status))
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads {@code retry.on}: an array of a status ({@code "503"}), a class ({@code "4xx"}, {@code "5xx"}; of a class
     * 401, 403 and 404 are left out), {@code "io"} or {@code "ajo"}. An empty array retries nothing.
     *
     * @param at where the array stands in the document
     * @param issues takes every entry that is none of these; such an entry adds nothing
     */
    public static RetryOn parse(JsonNode array, JsonPointer at, Issues issues) {
        return new RetryOnReader(at, issues).read(array);
    }

    public boolean matches(int status) {
        return status >= MIN_STATUS && statuses.contains(status);
    }
}
