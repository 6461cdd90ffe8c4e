package dev.onward.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts for operators what limits refuse and make wait. Thread-safe. */
final class LimitMetrics {

    private final Counter capped;
    private final Counter cappedOnRetry;
    private final Timer throttled;
    private final Timer crowded;

    LimitMetrics(MeterRegistry registry) {
        capped = refusals(registry, "first");
        cappedOnRetry = refusals(registry, "retry");
        throttled = waits(registry, "throttling");
        crowded = waits(registry, "connections");
    }

    private static Counter refusals(MeterRegistry registry, String attempt) {
        return Counter.builder("onward.limits.capped")
                .description("Attempts that a capping refused")
                .tag("attempt", attempt)
                .register(registry);
    }

    private static Timer waits(MeterRegistry registry, String limit) {
        return Timer.builder("onward.limits.wait")
                .description("How long calls had waited for a limit that let them through")
                .tag("limit", limit)
                .register(registry);
    }

    /** @param retry whether something of the call was sent before */
    void capped(boolean retry) {
        (retry ? cappedOnRetry : capped).increment();
    }

    /** A call got its turn of every throttling. */
    void throttled(Duration waited) {
        throttled.record(waited);
    }

    /** A call got one of the connections of a capping, which were all taken. */
    void crowded(Duration waited) {
        crowded.record(waited);
    }
}
