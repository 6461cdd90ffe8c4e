package dev.onward.calllog;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** How long the call log keeps calls and how many may wait. An empty value equals an unset one. */
@ConfigMapping(prefix = "onward.calllog")
public interface CallLogConfig {

    Duration DEFAULT_RETENTION = Duration.ofDays(30);
    long DEFAULT_SPOOL_MAX_BYTES = 1024L * 1024 * 1024;

    /**
     * How long a call is kept, as an ISO-8601 duration of at least {@code P1D}; default {@code P30D}. Whole days (UTC) are
     * dropped, so that a call stays up to a day longer.
     */
    Optional<Duration> retention();

    /**
     * How many bytes of records the data directory may hold that the database has not taken yet: at least 1 MiB, default
     * 1 GiB. Above it new work is refused (503). Records of calls under way may exceed it a little.
     */
    OptionalLong spoolMaxBytes();
}
