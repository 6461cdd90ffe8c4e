package dev.onward.listener;

import java.util.Optional;
import java.util.function.LongSupplier;

/** Reads rates of the configuration. */
final class Rates {

    private static final int MAX_PER_SECOND = 1_000_000;

    private Rates() {}

    /** @throws IllegalArgumentException when the rate is out of range; the message names its key */
    static int checked(String key, int perSecond) {
        if (perSecond < 0 || perSecond > MAX_PER_SECOND) {
            throw new IllegalArgumentException(
                    key + " must be from 0 (no limit) to " + MAX_PER_SECOND + ", found " + perSecond);
        }
        return perSecond;
    }

    /** Buckets that hold the tokens of so many seconds; empty when there is no limit. */
    static Optional<TokenBuckets> buckets(int perSecond, int burstSeconds, LongSupplier nanoTime) {
        return perSecond == 0
                ? Optional.empty()
                : Optional.of(new TokenBuckets(perSecond, perSecond * burstSeconds, nanoTime));
    }
}
