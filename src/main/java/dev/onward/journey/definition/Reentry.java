package dev.onward.journey.definition;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a profile that was in the journey may come again. Inside it, it is at most once at a time.
 *
 * @param isAllowed whether at all
 * @param after how long after it came in last; zero for at once after its end
 */
public record Reentry(boolean isAllowed, Duration after) {

    /** Five minutes, as in the model system. */
    public static final Reentry DEFAULT = new Reentry(true, Duration.ofMinutes(5));

    /** As long as a profile may be in a journey. */
    public static final Duration LONGEST = Duration.ofDays(91);

    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    /** From when on a profile may come in again that came in then. */
    public Instant next(Instant cameIn) {
        return isAllowed ? cameIn.plus(after) : NEVER;
    }
}
