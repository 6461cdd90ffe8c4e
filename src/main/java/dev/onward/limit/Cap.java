package dev.onward.limit;

import dev.onward.call.Places;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A capping in force: its window, the places for what is under way, and, where several processes may be on one database,
 * this one's share. Its window is guarded by its sandbox's lock.
 */
final class Cap {

    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final int GUARD_FRACTION = 250;
    private static final long LONGEST_GUARD_NANOS = 5_000_000L;

    private final SendWindow window = new SendWindow();
    private final Places places = new Places();
    private volatile CappingRule.Rate rate;
    private Optional<CapShare> share = Optional.empty();

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
        int most = share.map(CapShare::limit).orElseGet(() -> rate.most());
        return window.hasRoom(now, most, periodNanos());
    }

    /** Takes a slot for what is about to be sent, also when there is none. */
    void take() {
        window.take();
    }

    /** What took a slot is sent now. */
    void sent(long now) {
        window.sent(now);
    }

    /** What took a slot then is not sent. */
    void givenUp(long taken) {
        window.givenUp(taken);
    }

    int used(long now) {
        return window.used(now, periodNanos());
    }

    /** Binds it to this process's share, before anybody uses it. */
    Cap sharing(CapShare own) {
        share = Optional.of(own);
        return this;
    }

    /** This process's share; empty when it is alone. */
    Optional<CapShare> share() {
        return share;
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

    /** A little longer than it must be: what is sent may be held up on its way to the provider. */
    private long periodNanos() {
        long period = rate.periodMillis() * NANOS_PER_MILLI;
        return period + Math.min(period / GUARD_FRACTION, LONGEST_GUARD_NANOS);
    }
}
