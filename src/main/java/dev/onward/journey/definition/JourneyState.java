package dev.onward.journey.definition;

import java.util.Locale;

/** Where a journey stands in its life. */
public enum JourneyState {
    /** Never published. */
    DRAFT,
    /** Events begin it. */
    LIVE,
    /** Events are discarded, and profiles wait at their next call. */
    PAUSED,
    /** Events are discarded, and profiles leave it. */
    STOPPED;

    /** As clients read it: {@code live}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static JourneyState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
