package dev.onward.dispatch;

import java.time.Duration;

/** A sandbox has as many durable calls waiting as it may: problem {@code queue-full}. Nothing was accepted. */
public final class QueueFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    QueueFullException(String message) {
        super(message);
    }

    /** When it may be worth another try. */
    public Duration retryAfter() {
        return RETRY_AFTER;
    }
}
