package dev.onward.call.retry;

import dev.onward.call.Answer;
import dev.onward.egress.Header;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads {@code Retry-After} (RFC 9110 §10.2.3): seconds, or a date in any of the three forms of §5.6.7. What it cannot
 * read, it ignores; of several values the first that it can read holds.
 */
public final class RetryAfter {

    private static final String NAME = "Retry-After";

    /** Longer waits are cut to this: no window is as long, and sums of durations stay safe. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final int MOST_DIGITS = 18;
    private static final int MOST_VALUES = 16;

    private static final int TWO_DIGIT_YEARS_AHEAD = 50;

    private RetryAfter() {}

    /**
     * How long an answer asks to wait, counted from now; a date that has passed means not at all.
     *
     * @return empty when it does not ask, or has another status than 429 or 503
     */
    public static Optional<Duration> of(Answer answer, Instant now) {
        return answer.status() == 429 || answer.status() == 503 ? of(answer.headers(), now) : Optional.empty();
    }

    static Optional<Duration> of(List<Header> headers, Instant now) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(NAME))
                .limit(MOST_VALUES)
                .flatMap(header -> parse(header.value().strip(), now))
                .findFirst();
    }

    private static Stream<Duration> parse(String value, Instant now) {
        return Stream.concat(seconds(value), date(value, now));
    }

    /** A list of numbers is two fields that a proxy has joined. */
    private static Stream<Duration> seconds(String value) {
        return Stream.of(value.split(",", MOST_VALUES))
                .map(String::strip)
                .filter(RetryAfter::isNumber)
                .map(digits -> digits.length() > MOST_DIGITS
                        ? LONGEST
                        : Duration.ofSeconds(Math.min(Long.parseLong(digits), LONGEST.toSeconds())));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(character -> character >= '0' && character <= '9');
    }

    private static Stream<Duration> date(String value, Instant now) {
        return formats(now).flatMap(format -> {
            try {
                Instant then = LocalDateTime.parse(value, format).toInstant(ZoneOffset.UTC);
                return Stream.of(between(now, then));
            } catch (DateTimeException otherForm) {
                return Stream.empty();
            }
        });
    }

    private static Duration between(Instant now, Instant then) {
        Duration wait = Duration.between(now, then);
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Stream<DateTimeFormatter> formats(Instant now) {
        LocalDate firstYear = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(100L - TWO_DIGIT_YEARS_AHEAD);
        return Stream.of(
                DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US),
                new DateTimeFormatterBuilder()
                        .appendPattern("EEEE, dd-MMM-")
                        .appendValueReduced(ChronoField.YEAR, 2, 2, firstYear)
                        .appendPattern(" HH:mm:ss 'GMT'")
                        .toFormatter(Locale.US),
                DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US));
    }
}
