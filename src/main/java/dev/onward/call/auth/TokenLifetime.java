package dev.onward.call.auth;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a token may be used.
 *
 * @param fixed more than zero and at most {@link #LONGEST}: a length that the answer does not tell, or {@link #DEFAULT} where it should and does not
 * @param path where the answer tells it, counted in {@code unit}
 * @param unit length of one unit
 */
public record TokenLifetime(Duration fixed, Optional<TokenPath> path, Duration unit) {

    /** Of a token that nobody gives a lifetime. */
    public static final Duration DEFAULT = Duration.ofHours(1);

    /** No token is kept longer: ten years. */
    public static final Duration LONGEST = Duration.ofDays(3_650);

    private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(LONGEST.toSeconds());

    public TokenLifetime {
        if (fixed.isNegative() || fixed.isZero() || fixed.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a token's lifetime must be more than zero and at most " + LONGEST + ", found " + fixed);
        }
    }

    public static TokenLifetime of(Duration fixed) {
        return new TokenLifetime(fixed, Optional.empty(), Duration.ofSeconds(1));
    }

    public static TokenLifetime at(TokenPath path, Duration unit) {
        return new TokenLifetime(DEFAULT, Optional.of(path), unit);
    }

    /** The length of so many units; negative ones stay negative. */
    Duration of(BigDecimal units) {
        BigDecimal seconds = units.multiply(BigDecimal.valueOf(unit.toMillis()))
                .movePointLeft(3)
                .min(LONGEST_SECONDS)
                .max(LONGEST_SECONDS.negate());
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }
}
