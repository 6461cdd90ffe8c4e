package dev.onward.dispatch;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How many durable calls may wait and run. An empty value equals an unset one. */
@ConfigMapping(prefix = "onward.dispatch")
public interface DispatchConfig {

    int DEFAULT_MAX_IN_FLIGHT = 2_000;
    int DEFAULT_ACCEPT_QUEUE = 10_000;
    long DEFAULT_MAX_CALLS = 1_000_000;
    long DEFAULT_MAX_BYTES = 1024L * 1024 * 1024;
    Duration DEFAULT_LEASE = Duration.ofSeconds(3);
    Duration DEFAULT_REPLAY_RETENTION = Duration.ofDays(7);

    /**
     * Durable calls that this process runs at once, 1 to 100,000, default 2,000: a sandbox at most half of them, a host at
     * most a quarter.
     */
    OptionalInt maxInFlight();

    /**
     * Requests that may wait in this process for the commit that accepts them, 1 to 1,000,000, default 10,000. One more is
     * refused with 503 {@code overloaded}.
     */
    OptionalInt acceptQueue();

    /** Durable calls of a sandbox that have not ended, at least 1, default 1,000,000. One more is refused with 429. */
    OptionalLong maxCallsPerSandbox();

    /** Bytes of the invocations of those calls, at least 1, default 1 GiB. Beyond it a call is refused with 429. */
    OptionalLong maxBytesPerSandbox();

    /**
     * How long another process waits for a sign of life before it takes the calls of this one over, {@code PT2S} to
     * {@code PT10M}, default {@code PT3S}. It is renewed three times as often.
     */
    Optional<Duration> lease();

    /**
     * How long after its end a durable call can be replayed, an ISO-8601 duration of zero or more, default {@code P7D}; what
     * it asked for is kept sealed until then.
     */
    Optional<Duration> replayRetention();
}
