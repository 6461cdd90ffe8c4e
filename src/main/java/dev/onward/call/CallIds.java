package dev.onward.call;

import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes call ids (RFC 9562 §5.7). Thread-safe when the random source is. */
public final class CallIds {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Clock clock;
    private final RandomGenerator random;

    public CallIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public CallId next() {
        long time = clock.millis() << 16;
        long high = time | VERSION_7 | (random.nextLong() & 0x0FFF);
        long low = (random.nextLong() >>> 2) | VARIANT;
        return new CallId(new UUID(high, low));
    }
}
