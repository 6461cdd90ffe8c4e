package dev.onward.calllog.table;

import dev.onward.calllog.spool.RejectedRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes the partitions of today and tomorrow and drops days that are wholly older than the retention. Safe to run in
 * several processes at once and at any time. Thread-safe.
 */
public final class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class);

    private final Jdbi jdbi;
    private final RejectedRows rejected;
    private final Duration retention;
    private final Clock clock;

    /** @param retention at least a day */
    public Retention(Jdbi jdbi, RejectedRows rejected, Duration retention, Clock clock) {
        if (retention.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("onward.calllog.retention must be at least P1D, was " + retention);
        }
        this.jdbi = jdbi;
        this.rejected = rejected;
        this.retention = retention;
        this.clock = clock;
    }

    /** One round. What fails is logged and left to the next one. */
    public void run() {
        try {
            Instant limit = clock.instant().minus(retention);
            makeAhead();
            dropBefore(limit);
            jdbi.useTransaction(handle -> ErasedProfiles.forgetBefore(handle, limit));
            rejected.deleteOlderThan(limit);
        } catch (RuntimeException failure) {
            LOG.warn("The partitions of the call log could not be looked after; it is tried again", failure);
        }
    }

    private void makeAhead() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        jdbi.useTransaction(handle -> Partitions.make(handle, List.of(today, today.plusDays(1))));
    }

    private void dropBefore(Instant limit) {
        LocalDate firstKept = LocalDate.ofInstant(limit, ZoneOffset.UTC);
        List<LocalDate> days = jdbi.withHandle(Partitions::days);
        for (LocalDate day : days) {
            if (day.isBefore(firstKept) && jdbi.inTransaction(handle -> Partitions.drop(handle, day))) {
                LOG.infof("Dropped the call log of %s, it is older than %s", day, retention);
            }
        }
    }
}
