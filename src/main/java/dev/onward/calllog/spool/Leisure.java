package dev.onward.calllog.spool;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Whether rows that nobody has asked for may wait a little longer: while they come fast, the processors belong to the
 * calls, and the database has its share once that is over. It ends when much waits, and after ten seconds. Used
 * by one thread.
 */
final class Leisure implements Predicate<Duration> {

    /** So many in one interval of the drain are fast: 5,000 in a second. */
    private static final long FAST_ROWS = 1_000;

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final LongSupplier accepted;
    private final BooleanSupplier isFilling;
    private long acceptedBefore;

    /**
     * Asked once in each interval.
     *
     * @param accepted how many rows came since the start
     * @param isFilling whether so much waits already that the database should take it
     */
    Leisure(LongSupplier accepted, BooleanSupplier isFilling) {
        this.accepted = accepted;
        this.isFilling = isFilling;
    }

    /** @param waited since the last round of the drain */
    @Override
    public boolean test(Duration waited) {
        long now = accepted.getAsLong();
        long came = now - acceptedBefore;
        acceptedBefore = now;
        return came >= FAST_ROWS && waited.compareTo(LONGEST) < 0 && !isFilling.getAsBoolean();
    }
}
