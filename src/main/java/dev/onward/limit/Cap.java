package dev.onward.limit;

import dev.onward.call.Places;
import java.util.OptionalInt;

/** A capping in force: its window, and the places for what is under way. Its window is guarded by its sandbox's lock. */
final class Cap {

    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final SendWindow window = new SendWindow();
    private final Places places = new Places();
    private volatile CappingRule.Rate rate;

    Cap(CappingRule.Rate rate) {
        this.rate = rate;
    }

    /** Another rate from now on; what was sent before counts. */
    void rate(CappingRule.Rate other) {
        rate = other;
    }

    CappingRule.Rate rate() {
        return rate;
    }

    boolean hasRoom(long now) {
        return window.hasRoom(now, rate.most(), periodNanos());
    }

    void add(long now) {
        window.add(now);
    }

    int used(long now) {
        return window.used(now, periodNanos());
    }

    /** Whether nothing is counted and no call is under way. */
    boolean isIdle(long now) {
        return used(now) == 0 && places.taken() == 0 && places.waiting() == 0;
    }

    /** Places for calls under way, where the capping bounds them. */
    Places places() {
        return places;
    }

    OptionalInt maxConnections() {
        return rate.maxConnections();
    }

    /** For messages: {@code 100 calls in 1000 ms}. */
    String text() {
        return rate.most() + " calls in " + rate.periodMillis() + " ms";
    }

    private long periodNanos() {
        return rate.periodMillis() * NANOS_PER_MILLI;
    }
}
