package dev.onward.calllog.table;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Times as clients and PostgreSQL read them: ISO-8601 in UTC with milliseconds, {@code 2026-01-31T10:00:00.000Z}. */
public final class WireTime {

    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private WireTime() {}

    /** What is finer than a millisecond is cut off. */
    public static String text(Instant time) {
        return FORMAT.format(time);
    }
}
