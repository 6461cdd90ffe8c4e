package dev.onward.calllog.table;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The partitions of {@code onward.call_record}: one a day (UTC), named after it. Every method works in the transaction
 * of the handle.
 */
final class Partitions {

    private static final String PREFIX = "call_record_";
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int LAST_YEAR = 9999;

    /** Held while partitions are made or dropped, so that several processes do not do it at once. */
    private static final long LOCK = 0x6f6e_7761_7264_0005L;

    /** A lock on the table that is not granted in this time would hold up its writers. */
    private static final String DO_NOT_HOLD_UP_WRITERS = "SET LOCAL lock_timeout = '1s'";

    private Partitions() {}

    /** Makes the partitions that are missing, without locking writers or readers out. */
    static void make(Handle handle, Collection<LocalDate> days) {
        List<LocalDate> missing = missing(handle, days);
        if (missing.isEmpty()) {
            return;
        }
        handle.execute(DO_NOT_HOLD_UP_WRITERS);
        handle.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
        missing(handle, missing).forEach(day -> make(handle, day));
    }

    /** Whether a partition may be made for the day. */
    static boolean isPossible(LocalDate day) {
        return day.getYear() >= 1 && day.getYear() <= LAST_YEAR;
    }

    /**
     * The days that have a partition, the oldest first. Read from the catalogue's tables: to_regclass may answer from
     * memory what was true before the lock was granted.
     */
    static List<LocalDate> days(Handle handle) {
        return handle
                .createQuery("SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                        + " WHERE i.inhparent = 'onward.call_record'::regclass")
                .mapTo(String.class)
                .stream()
                .flatMap(Partitions::day)
                .sorted()
                .toList();
    }

    /**
     * Drops the day's partition with all its rows.
     *
     * @return false when another process is at it
     */
    static boolean drop(Handle handle, LocalDate day) {
        boolean alone = handle.createQuery("SELECT pg_try_advisory_xact_lock(:lock)")
                .bind("lock", LOCK)
                .mapTo(Boolean.class)
                .one();
        if (alone) {
            handle.execute(DO_NOT_HOLD_UP_WRITERS);
            handle.execute("DROP TABLE IF EXISTS " + table(day));
        }
        return alone;
    }

    private static List<LocalDate> missing(Handle handle, Collection<LocalDate> days) {
        List<LocalDate> there = days(handle);
        return days.stream().filter(day -> !there.contains(day)).toList();
    }

    /** Made apart and attached: unlike CREATE TABLE … PARTITION OF, this waits for no reader. */
    private static void make(Handle handle, LocalDate day) {
        handle.execute(
                "CREATE TABLE " + table(day) + " (LIKE onward.call_record INCLUDING DEFAULTS INCLUDING CONSTRAINTS)");
        handle.execute("ALTER TABLE onward.call_record ATTACH PARTITION " + table(day) + " FOR VALUES FROM ('" + day
                + " 00:00:00+00') TO ('" + day.plusDays(1) + " 00:00:00+00')");
    }

    private static String table(LocalDate day) {
        return "onward." + PREFIX + DAY.format(day);
    }

    private static Stream<LocalDate> day(String table) {
        try {
            return Stream.of(LocalDate.parse(table.substring(PREFIX.length()), DAY));
        } catch (DateTimeParseException | IndexOutOfBoundsException notOurs) {
            return Stream.empty();
        }
    }
}
