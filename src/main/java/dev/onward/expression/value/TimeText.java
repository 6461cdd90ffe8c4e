package dev.onward.expression.value;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes ISO-8601 text. What is malformed, or does not exist, is empty. */
public final class TimeText {

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXXXX", Locale.ROOT);
    private static final DateTimeFormatter DATE_TIME_ONLY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);
    private static final int DATE_LENGTH = 10;
    private static final int MAX_LENGTH = 64;

    /** Behind {@code 2024-02-19T00}. */
    private static final int DOT_AT = 13;

    private static final int MAX_YEAR = 9999;

    /** The pages of the model system write some times with dots: {@code T00.00.00}. */
    private static final Pattern DOTTED =
            Pattern.compile("(.{10}T\\d\\d)\\.(\\d\\d)(?:\\.(\\d\\d))?(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d(?::\\d\\d)?)?");

    /** A time section without its {@code T}: the pages list {@code P-6H3M} as valid. {@code P1M} alone is a month. */
    private static final Pattern WITHOUT_T =
            Pattern.compile("([+-]?P(?:[+-]?\\d+D)?)((?=.*[HS])(?:[+-]?[\\d.,]+[HMS])+)");

    private TimeText() {}

    /** {@code 2026-01-31T10:00:00.000+02:00}: always with milliseconds; an offset may have seconds. */
    public static String ofDateTime(OffsetDateTime time) {
        return DATE_TIME.format(time);
    }

    /** {@code 2026-01-31T10:00:00.000}: always with milliseconds. */
    public static String ofDateTimeOnly(LocalDateTime time) {
        return DATE_TIME_ONLY.format(time);
    }

    /** Text with an offset. */
    public static Optional<DateTimeValue> dateTime(String text) {
        return parse(text, each -> new DateTimeValue(OffsetDateTime.parse(undotted(each))));
    }

    /** Text without an offset. */
    public static Optional<DateTimeOnlyValue> dateTimeOnly(String text) {
        return parse(text, each -> new DateTimeOnlyValue(LocalDateTime.parse(undotted(each))));
    }

    /** A day alone. */
    public static Optional<DateOnlyValue> dateOnly(String text) {
        return parse(text, each -> new DateOnlyValue(LocalDate.parse(each)));
    }

    /** ISO-8601, in the form of {@link Duration#parse}; the {@code T} may be left out. */
    public static Optional<DurationValue> duration(String text) {
        return parse(text, each -> new DurationValue(Duration.parse(withT(each.toUpperCase(Locale.ROOT)))));
    }

    /** The local date and time of any text with a date: an offset is dropped, a day alone is its midnight. */
    public static Optional<DateTimeOnlyValue> localPart(String text) {
        return dateTimeOnly(text)
                .or(() -> dateTime(text)
                        .map(value -> new DateTimeOnlyValue(value.time().toLocalDateTime())))
                .or(() -> dateOnly(text)
                        .map(value -> new DateTimeOnlyValue(value.day().atStartOfDay())));
    }

    /** The day of any text with a date; its time and offset are not looked at. */
    public static Optional<DateOnlyValue> dayPart(String text) {
        boolean hasTime = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == 'T';
        return dateOnly(hasTime ? text.substring(0, DATE_LENGTH) : text);
    }

    /** {@code Europe/Paris}, {@code UTC}, {@code Z} or an offset; empty when there is no such zone. */
    public static Optional<ZoneId> zone(String id) {
        return parse(id, ZoneId::of);
    }

    /**
     * An instant as a UTC date-time.
     *
     * @throws DateTimeException when its year is not 0 to 9999
     */
    public static DateTimeValue utc(Instant instant) {
        return new DateTimeValue(instant.atOffset(ZoneOffset.UTC));
    }

    static void requireYear(int year) {
        if (year < 0 || year > MAX_YEAR) {
            throw new DateTimeException("a year is 0 to " + MAX_YEAR + ", not " + year);
        }
    }

    private static <T> Optional<T> parse(String text, Function<String, T> parser) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text));
        } catch (DateTimeException | ArithmeticException malformed) {
            return Optional.empty();
        }
    }

    private static String undotted(String text) {
        if (text.length() <= DOT_AT || text.charAt(DOT_AT) != '.') {
            return text;
        }
        Matcher dotted = DOTTED.matcher(text);
        if (!dotted.matches()) {
            return text;
        }
        String seconds = dotted.group(3) == null ? "00" : dotted.group(3);
        String fraction = dotted.group(4) == null ? "" : dotted.group(4);
        String offset = dotted.group(5) == null ? "" : dotted.group(5);
        return dotted.group(1) + ":" + dotted.group(2) + ":" + seconds + fraction + offset;
    }

    private static String withT(String text) {
        Matcher without = WITHOUT_T.matcher(text);
        return without.matches() ? without.group(1) + "T" + without.group(2) : text;
    }
}
