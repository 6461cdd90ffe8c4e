package dev.onward.testsupport;

import java.util.random.RandomGenerator;

/**
 * A random source that always gives the same share of what it may: 0 the least, 0.5 the middle, 1 the most.
 *
 * @param share 0 to 1
 */
public record FixedShare(double share) implements RandomGenerator {

    @Override
    public long nextLong() {
        return Long.MAX_VALUE;
    }

    @Override
    public long nextLong(long bound) {
        return Math.round((bound - 1) * share);
    }
}
