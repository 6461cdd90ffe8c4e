package dev.onward.listener;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How much the API takes from its clients. An empty value equals an unset one. */
@ConfigMapping(prefix = "onward.listener")
public interface ListenerConfig {

    int DEFAULT_REQUESTS_PER_SECOND = 500;
    int DEFAULT_FAILED_LOGINS_PER_SECOND = 10;
    Duration DEFAULT_HEAD_TIMEOUT = Duration.ofSeconds(10);
    Duration DEFAULT_BODY_TIMEOUT = Duration.ofSeconds(30);

    /**
     * Requests of one API key in a second, twice as many at once, on routes that do not run actions: 0 to 1,000,000,
     * default 500. With 0 there is no limit. Each process counts for itself.
     */
    OptionalInt requestsPerSecond();

    /**
     * Requests with an unknown API key in a second from one address, thirty times as many at once: 0 to 1,000,000,
     * default 10. With 0 there is no limit. An IPv6 address counts with all others of its /64.
     */
    OptionalInt failedLoginsPerSecond();

    /**
     * How long a new connection may take to send the head of its first request, and one in use from the first byte of a
     * head to its last: at least a millisecond, default {@code PT10S}. Then it is closed. Not in force in development.
     */
    Optional<Duration> headTimeout();

    /**
     * How long a document may take to come, from the end of the request's head: at least a millisecond, default {@code
     * PT30S}. Then the answer is 408. A stream may take as long as it wants.
     */
    Optional<Duration> bodyTimeout();
}
