package dev.onward.call.http;

import dev.onward.call.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The JVM's monotonic time and Vert.x's timers, exact to the millisecond, rounded up. Thread-safe. */
public final class VertxTimer implements Timer {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Vertx vertx;

    public VertxTimer(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        long millis = Math.max(1, delay.plusNanos(NANOS_PER_MILLI - 1).toMillis());
        long id = vertx.setTimer(millis, fired -> task.run());
        return () -> vertx.cancelTimer(id);
    }
}
