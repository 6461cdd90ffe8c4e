package dev.onward.listener;

import java.time.Duration;

/** A client asks too often: problem {@code rate-limited}. */
public final class RateLimitedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /**
     * A refusal.
     *
     * @param message what there was too much of, and what is allowed
     * @param retryAfter when the next request will be taken
     */
    public RateLimitedException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
