package dev.onward.limit;

import dev.onward.call.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * This process's part of one capping. It may use less than the ledger says it has, and never more: so all processes
 * together send no more than the capping allows. What it does at the ledger, it does one after another. Thread-safe.
 */
final class CapShare {

    /** Time for two clocks to differ. */
    private static final long MARGIN_NANOS = 200_000_000L;

    private static final long BETWEEN_QUESTIONS_NANOS = 100_000_000L;

    private final String cap;
    private final Supplier<CappingRule.Rate> rate;
    private final Timer timer;
    private final List<Runnable> waiting = new ArrayList<>();

    private boolean known;
    private int share;
    private int limit;
    private long goodUntil;
    private boolean busy;
    private boolean refused;
    private long asked;

    /** What is to be done at the ledger. */
    sealed interface Step {

        /** Hands the number of slots to the one of the two that carries it out. */
        void carryOut(IntConsumer take, IntConsumer lower);

        /** Take slots. */
        record Take(int wanted) implements Step {
            @Override
            public void carryOut(IntConsumer take, IntConsumer lower) {
                take.accept(wanted);
            }
        }

        /** Give slots back, as soon as no more than so many are in use. */
        record Lower(int share) implements Step {
            @Override
            public void carryOut(IntConsumer take, IntConsumer lower) {
                lower.accept(share);
            }
        }
    }

    /**
     * A share of which nothing is known.
     *
     * @param cap its name in the ledger
     */
    CapShare(String cap, Supplier<CappingRule.Rate> rate, Timer timer) {
        this.cap = cap;
        this.rate = rate;
        this.timer = timer;
        this.asked = timer.nanoTime() - BETWEEN_QUESTIONS_NANOS;
    }

    String cap() {
        return cap;
    }

    CappingRule.Rate rate() {
        return rate.get();
    }

    /** How many may be in use in any period. */
    synchronized int limit() {
        return isGood() ? Math.min(limit, rate.get().most()) : 0;
    }

    /** Whether the ledger's last word still holds. */
    synchronized boolean isGood() {
        return goodUntil - timer.nanoTime() > 0;
    }

    /** Whether the ledger has told it. */
    synchronized boolean isKnown() {
        return known;
    }

    /** What somebody who needs to know the share has to do. */
    enum First {
        /** Go on: it is known. */
        GO_ON,
        /** Ask the ledger. */
        ASK,
        /** Wait: somebody asks already. */
        WAIT
    }

    /** @param whenKnown runs when the ledger was asked, unless the answer is to go on */
    synchronized First first(Runnable whenKnown) {
        if (known) {
            return First.GO_ON;
        }
        waiting.add(whenKnown);
        return tryBusy() ? First.ASK : First.WAIT;
    }

    /** Notes that a slot was wanted and there was none; whether somebody has to ask for more now. */
    synchronized boolean isAskedFor() {
        refused = true;
        boolean soon = timer.nanoTime() - asked < BETWEEN_QUESTIONS_NANOS;
        boolean gives = limit < share;
        return !soon && !gives && share < rate.get().most() && tryBusy();
    }

    private boolean tryBusy() {
        if (busy) {
            return false;
        }
        busy = true;
        asked = timer.nanoTime();
        return true;
    }

    /** How many slots would be used on top of the share. */
    synchronized int wanted() {
        return Math.max(0, rate.get().most() - share);
    }

    /** The ledger has answered: who waits for it goes on then. */
    List<Runnable> told(CapLedger.Standing standing, long askedAtNanos) {
        synchronized (this) {
            busy = false;
            known = true;
            share = standing.share();
            limit = share;
            hold(askedAtNanos);
            return released();
        }
    }

    /** The ledger cannot be reached: who waits for it goes on then. */
    List<Runnable> failed() {
        synchronized (this) {
            busy = false;
            return released();
        }
    }

    private List<Runnable> released() {
        List<Runnable> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    private void hold(long askedAtNanos) {
        goodUntil = askedAtNanos + CapLedger.LEASE.toNanos() - MARGIN_NANOS;
    }

    /**
     * The lease was renewed.
     *
     * @param standing empty when the ledger has no such share any more
     * @param used how many are in use in the period that ends now
     * @return what is to be done; then {@link #told}, {@link #lowered} or {@link #failed} must follow
     */
    synchronized Optional<Step> renewed(Optional<CapLedger.Standing> standing, long askedAtNanos, int used) {
        if (busy || !known) {
            return Optional.empty();
        }
        boolean saturated = refused;
        refused = false;
        if (standing.isEmpty()) {
            share = 0;
            limit = 0;
            return tryBusy() ? Optional.of(new Step.Take(wanted())) : Optional.empty();
        }
        hold(askedAtNanos);
        // A lowering whose answer was lost counts.
        share = Math.min(share, standing.get().share());
        limit = target(standing.get(), saturated, used);
        if (limit < share) {
            busy = true;
            return Optional.of(new Step.Lower(limit));
        }
        boolean wantsMore = saturated && share < rate.get().most();
        return wantsMore && tryBusy() ? Optional.of(new Step.Take(wanted())) : Optional.empty();
    }

    /** What it makes do with: its fair part when it needs all it has, else what it needs, as far as others want it. */
    private int target(CapLedger.Standing standing, boolean saturated, int used) {
        int most = rate.get().most();
        if (standing.all() > most) {
            return (int) (share * (long) most / standing.all());
        }
        int enough = saturated ? standing.fairShare(most) : used + (used + 3) / 4;
        long asked = Math.max(enough, share - standing.wanted());
        return (int) Math.min(share, asked);
    }

    /** The ledger knows that the share is lower. */
    synchronized void lowered(int to) {
        busy = false;
        share = Math.min(share, to);
        limit = Math.min(limit, share);
    }

    /** Nothing more may be sent. */
    synchronized void close() {
        busy = true;
        limit = 0;
    }

    /** Too many are in use yet; the next renewal sees again. */
    synchronized void postponed() {
        busy = false;
    }
}
