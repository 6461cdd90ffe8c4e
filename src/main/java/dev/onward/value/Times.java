package dev.onward.value;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How points in time are written: ISO-8601, UTC, always with milliseconds. */
public final class Times {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final byte[] TEMPLATE = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_FOUR_DIGITS = 9_999;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private Times() {}

    /** {@code 2026-01-31T10:00:00.000Z}. */
    public static String text(Instant instant) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        return time.getYear() < 0 || time.getYear() > MAX_FOUR_DIGITS ? FORMAT.format(instant) : quickly(time);
    }

    /**
     * The time of an ISO-8601 text with an offset, in the years 1 to 9999.
     *
     * @return empty when it is none, or one that no database keeps
     */
    public static Optional<Instant> parse(String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            int year = time.atOffset(ZoneOffset.UTC).getYear();
            return year >= 1 && year <= MAX_FOUR_DIGITS ? Optional.of(time) : Optional.empty();
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    /** A formatter takes as long as writing the rest of a call's record. */
    private static String quickly(LocalDateTime time) {
        byte[] text = TEMPLATE.clone();
        digits(time.getYear(), text, 0, 4);
        digits(time.getMonthValue(), text, 5, 2);
        digits(time.getDayOfMonth(), text, 8, 2);
        digits(time.getHour(), text, 11, 2);
        digits(time.getMinute(), text, 14, 2);
        digits(time.getSecond(), text, 17, 2);
        digits(time.getNano() / NANOS_PER_MILLI, text, 20, 3);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static void digits(int number, byte[] text, int start, int count) {
        int rest = number;
        for (int i = start + count - 1; i >= start; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
