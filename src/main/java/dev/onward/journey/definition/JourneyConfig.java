package dev.onward.journey.definition;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How much journeys may hold. An empty value equals an unset one. */
@ConfigMapping(prefix = "onward.journey")
public interface JourneyConfig {

    int DEFAULT_ACCEPT_QUEUE = 10_000;
    long DEFAULT_MAX_EVENTS = 1_000_000;
    long DEFAULT_MAX_BYTES = 1024L * 1024 * 1024;
    Duration DEFAULT_RETENTION = Duration.ofDays(30);

    /**
     * Events that may wait in this process for the commit that accepts them, 1 to 1,000,000, default 10,000. One more is
     * refused with 503 {@code overloaded}.
     */
    OptionalInt acceptQueue();

    /** Events of a sandbox that wait to be looked at, at least 1, default 1,000,000. One more is refused with 429. */
    OptionalLong maxEventsPerSandbox();

    /** Bytes of those events, at least 1, default 1 GiB. Beyond it an event is refused with 429. */
    OptionalLong maxBytesPerSandbox();

    /**
     * How long an instance and its step events are kept after its end, an ISO-8601 duration of zero or more, default
     * {@code P30D}.
     */
    Optional<Duration> retention();
}
