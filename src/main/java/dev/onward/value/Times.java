package dev.onward.value;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How points in time are written: ISO-8601, UTC, always with milliseconds. */
public final class Times {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    /** {@code 2026-01-31T10:00:00.000Z}. */
    public static String text(Instant instant) {
        return FORMAT.format(instant);
    }
}
