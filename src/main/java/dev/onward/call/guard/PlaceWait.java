package dev.onward.call.guard;

import dev.onward.call.Place;
import dev.onward.call.Places;
import dev.onward.call.Places.Waiter;
import dev.onward.call.Timer;
import dev.onward.call.Timer.Scheduled;
import java.time.Duration;
import java.util.function.Consumer;

/** A call that waits for a place of its endpoint, but no longer than it may. Used once. */
public final class PlaceWait {

    private final Places places;
    private final Waiter waiter;
    private final Runnable expired;

    /** Set after the waiter is in the queue: an expiry that nobody cancels finds it gone, and does nothing. */
    private volatile Scheduled expiry = () -> {};

    /**
     * A wait that begins with {@link #begin} and ends in one of the two.
     *
     * @param granted takes the place
     * @param expired runs when the time is over; the waiter gets no place then
     */
    public PlaceWait(Places places, int bound, Consumer<Place> granted, Runnable expired) {
        this.places = places;
        this.expired = expired;
        this.waiter = new Waiter(bound, place -> {
            expiry.cancel();
            granted.accept(place);
        });
    }

    /** Queues the call; it may get its place inside this method. */
    public void begin(Timer timer, Duration patience) {
        places.queue(waiter);
        expiry = timer.schedule(patience, this::expire);
    }

    private void expire() {
        if (places.leave(waiter)) {
            expired.run();
        }
    }
}
