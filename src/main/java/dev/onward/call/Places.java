package dev.onward.call;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A counted number of places, and a queue of those who want one: first come, first served, whatever bound each of them
 * brings. Thread-safe; it never waits. Whoever gets a place from the queue gets it on the thread that gave one back, one
 * after another: a call that ends at once and gives its place to the next nests no deeper than the first.
 */
public final class Places {

    private final Set<Waiter> queue = new LinkedHashSet<>();
    private int taken;
    private boolean serving;

    /** One who waits for a place. */
    public static final class Waiter {

        private final int bound;
        private final Consumer<Place> granted;

        /**
         * A waiter.
         *
         * @param bound it gets a place while fewer than so many are taken
         * @param granted takes the place; should it throw, the place counts as given back
         */
        public Waiter(int bound, Consumer<Place> granted) {
            if (bound < 1) {
                throw new IllegalArgumentException("a bound of places must be at least 1, found " + bound);
            }
            this.bound = bound;
            this.granted = granted;
        }
    }

    /** A place, when fewer than {@code bound} are taken and nobody waits; else empty. */
    public synchronized Optional<Place> tryTake(int bound) {
        return queue.isEmpty() && taken < bound ? Optional.of(take()) : Optional.empty();
    }

    /** Puts the waiter at the end of the queue; it may get its place inside this method. */
    public void queue(Waiter waiter) {
        synchronized (this) {
            queue.add(waiter);
        }
        serve();
    }

    /** Takes the waiter out of the queue; false when it is not there, because it got its place or left before. */
    public boolean leave(Waiter waiter) {
        boolean waited;
        synchronized (this) {
            waited = queue.remove(waiter);
        }
        serve();
        return waited;
    }

    /** How many are taken. */
    public synchronized int taken() {
        return taken;
    }

    /** How many wait. */
    public synchronized int waiting() {
        return queue.size();
    }

    private Taken take() {
        taken++;
        return new Taken();
    }

    /** Hands out what is free, unless somebody does it already, who will then see this change too. */
    private void serve() {
        Optional<Grant> next = next(false);
        while (next.isPresent()) {
            hand(next.get());
            next = next(true);
        }
    }

    private synchronized Optional<Grant> next(boolean own) {
        if (serving && !own) {
            return Optional.empty();
        }
        serving = !queue.isEmpty() && taken < head().bound;
        if (!serving) {
            return Optional.empty();
        }
        Waiter waiter = head();
        queue.remove(waiter);
        return Optional.of(new Grant(waiter, take()));
    }

    private Waiter head() {
        Iterator<Waiter> first = queue.iterator();
        return first.next();
    }

    private void hand(Grant grant) {
        boolean handed = false;
        try {
            grant.waiter().granted.accept(grant.place());
            handed = true;
        } finally {
            if (!handed) {
                stopServing();
                grant.place().giveBack();
            }
        }
    }

    private synchronized void stopServing() {
        serving = false;
    }

    private synchronized boolean free(Taken place) {
        boolean first = !place.back;
        place.back = true;
        taken -= first ? 1 : 0;
        return first;
    }

    private record Grant(Waiter waiter, Taken place) {}

    private final class Taken implements Place {

        private boolean back;

        @Override
        public void giveBack() {
            if (free(this)) {
                serve();
            }
        }
    }
}
