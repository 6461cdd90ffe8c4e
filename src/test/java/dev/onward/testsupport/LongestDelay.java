package dev.onward.testsupport;

import java.util.random.RandomGenerator;

/** A random source whose back-off always waits for as long as it may. */
public final class LongestDelay implements RandomGenerator {

    @Override
    public long nextLong() {
        return Long.MAX_VALUE;
    }

    @Override
    public long nextLong(long bound) {
        return bound - 1;
    }
}
