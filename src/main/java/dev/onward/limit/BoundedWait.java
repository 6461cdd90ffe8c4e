package dev.onward.limit;

import dev.onward.call.Timer;
import dev.onward.call.Timer.Scheduled;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A call's wait for something that comes once, but no longer than it may. Used once. */
final class BoundedWait {

    private final Consumer<Runnable> coming;
    private final Runnable go;
    private final Runnable expired;

    /** What comes later is none of its business. */
    private final AtomicBoolean over = new AtomicBoolean();

    private volatile Scheduled expiry = () -> {};

    /**
     * A wait that begins with {@link #begin} and ends in one of the two.
     *
     * @param coming takes what to run when it has come: on any thread, perhaps inside the method
     */
    BoundedWait(Consumer<Runnable> coming, Runnable go, Runnable expired) {
        this.coming = coming;
        this.go = go;
        this.expired = expired;
    }

    void begin(Timer timer, Duration patience) {
        coming.accept(() -> {
            expiry.cancel();
            if (over.compareAndSet(false, true)) {
                go.run();
            }
        });
        if (!over.get()) {
            expiry = timer.schedule(patience, () -> {
                if (over.compareAndSet(false, true)) {
                    expired.run();
                }
            });
        }
    }
}
