package dev.onward.journey.entry;

import java.time.Duration;

/** A sandbox sends events faster than its journeys run: problem {@code rate-limited}. Nothing was accepted. */
public final class EventsFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EventsFullException(String message) {
        super(message);
    }

    public Duration retryAfter() {
        return Duration.ofSeconds(5);
    }
}
