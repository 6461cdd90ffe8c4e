package dev.onward.listener;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * One bucket of tokens for each key. A bucket begins full and gets its tokens back one by one at an even pace. It is
 * forgotten once it is full again; when there are more than {@value #MAX_BUCKETS}, those that were not asked for lately
 * are forgotten too. Thread-safe.
 */
final class TokenBuckets {

    static final int MAX_BUCKETS = 100_000;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long intervalNanos;
    private final long fullAfterNanos;
    private final LongSupplier nanoTime;

    /** For each key the moment at which its bucket will be full again. */
    private final Cache<String, AtomicLong> fullAt;

    /**
     * Empty of buckets.
     *
     * @param perSecond tokens that come back in a second, at least 1
     * @param burst tokens of a full bucket, at least 1
     * @param nanoTime nanoseconds since any fixed moment, as {@link System#nanoTime()} gives them
     */
    TokenBuckets(int perSecond, int burst, LongSupplier nanoTime) {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "perSecond and burst must be at least 1, were " + perSecond + " and " + burst);
        }
        this.intervalNanos = SECOND / perSecond;
        this.fullAfterNanos = intervalNanos * burst;
        this.nanoTime = nanoTime;
        this.fullAt = Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                .expireAfterAccess(Duration.ofNanos(fullAfterNanos))
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Takes a token out of a key's bucket.
     *
     * @return empty when it was taken, else how long it takes until one is there
     */
    Optional<Duration> take(String key) {
        long now = nanoTime.getAsLong();
        AtomicLong bucket = fullAt.get(key, fresh -> new AtomicLong(now));
        while (true) {
            long before = bucket.get();
            long full = latest(before, now) + intervalNanos;
            Optional<Duration> wait = positive(full - now - fullAfterNanos);
            if (wait.isPresent() || bucket.compareAndSet(before, full)) {
                return wait;
            }
        }
    }

    /** How long it takes until a token is in a key's bucket; empty when one is there. It is not taken. */
    Optional<Duration> delay(String key) {
        AtomicLong bucket = fullAt.getIfPresent(key);
        return bucket == null
                ? Optional.empty()
                : positive(bucket.get() + intervalNanos - nanoTime.getAsLong() - fullAfterNanos);
    }

    private static Optional<Duration> positive(long nanos) {
        return nanos > 0 ? Optional.of(Duration.ofNanos(nanos)) : Optional.empty();
    }

    /** By their difference, for the moments may be near the end of the numbers. */
    private static long latest(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
