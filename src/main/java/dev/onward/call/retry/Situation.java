package dev.onward.call.retry;

import dev.onward.call.CallError;
import dev.onward.call.CallPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that a retry decision depends on beside the end of the attempt.
 *
 * @param progress the attempt in question included
 * @param remaining of the window; negative when it is over
 * @param now for dates in {@code Retry-After}
 */
public record Situation(CallPolicy policy, Progress progress, Duration remaining, Instant now) {

    boolean retriesLeft() {
        return retriesBefore() < policy.retry().maxRetries();
    }

    /** Whether nothing was sent before the attempt in question. */
    boolean isFirst() {
        return progress.attempts() == 1 && progress.lastStatus().isEmpty();
    }

    int retriesBefore() {
        return progress.attempts() - 1;
    }

    /** Whether an attempt after this delay would still begin inside the window. */
    boolean fits(Duration delay) {
        return delay.compareTo(remaining) < 0;
    }

    OptionalInt lastStatus() {
        return progress.lastStatus();
    }

    Optional<CallError> lastError() {
        return progress.lastError();
    }
}
