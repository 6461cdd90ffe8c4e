package dev.onward.call.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Full jitter: a delay between zero and a bound that doubles with every retry up to a cap. */
public final class BackOff {

    /** Doubling more often than this changes nothing: 1 ns grows beyond any cap of hours. */
    private static final int MAX_DOUBLINGS = 50;

    private BackOff() {}

    /**
     * A delay, evenly spread from zero to the bound.
     *
     * @param retriesBefore how many retries came before, from 0
     */
    static Duration delay(RetryPolicy policy, int retriesBefore, RandomGenerator random) {
        return delay(policy.base(), policy.cap(), retriesBefore, random);
    }

    /**
     * A delay, evenly spread from zero to the bound.
     *
     * @param base the bound before the first retry
     * @param cap of any bound
     * @param retriesBefore how many retries came before, from 0
     */
    public static Duration delay(Duration base, Duration cap, int retriesBefore, RandomGenerator random) {
        long bound = boundNanos(base.toNanos(), cap.toNanos(), retriesBefore);
        return Duration.ofNanos(random.nextLong(bound + 1));
    }

    private static long boundNanos(long base, long cap, int retriesBefore) {
        int doublings = Math.min(retriesBefore, MAX_DOUBLINGS);
        return base > cap >> doublings ? cap : base << doublings;
    }
}
