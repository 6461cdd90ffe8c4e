package dev.onward.action;

import java.time.Duration;

/**
 * How long a durable call is tried, claim after claim, each with the window and the retries of its action.
 *
 * @param maxAge from its acceptance to the last moment at which an attempt may begin, 1 s to 72 h
 * @param base back-off after the first claim that failed, at most
 * @param cap back-off after any claim, at most
 * @param isDeclared whether the action says so: a journey's step is tried for longer than one window only then
 */
public record Durability(Duration maxAge, Duration base, Duration cap, boolean isDeclared) {

    public static final Duration LONGEST = Duration.ofDays(3);

    /** Six hours, 1 s to 5 min. */
    public static final Durability DEFAULT =
            new Durability(Duration.ofHours(6), Duration.ofSeconds(1), Duration.ofMinutes(5), false);

    public Durability {
        if (maxAge.isNegative() || maxAge.isZero() || maxAge.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "maxAge must be more than zero and at most " + LONGEST + ", found " + maxAge);
        }
        if (base.isNegative() || base.compareTo(cap) > 0 || cap.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("back-off must have 0 <= base <= cap, found " + base + " and " + cap);
        }
    }
}
