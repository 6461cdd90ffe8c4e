package dev.onward.calllog.search;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * HTTP statuses to look for.
 *
 * @param first 100 to 999
 * @param last 100 to 999, inclusive
 */
public record StatusRange(int first, int last) {

    private static final Pattern STATUS = Pattern.compile("[1-9]\\d\\d");
    private static final Pattern STATUS_CLASS = Pattern.compile("[1-9]xx");

    public StatusRange {
        if (first < 100 || last > 999 || first > last) {
            throw new IllegalArgumentException(
                    "statuses range from 100 to 999, first to last; were " + first + " and " + last);
        }
    }

    /** The status {@code 503} or the class {@code 5xx}; empty for any other text. */
    public static Optional<StatusRange> parse(String text) {
        if (STATUS.matcher(text).matches()) {
            int status = Integer.parseInt(text);
            return Optional.of(new StatusRange(status, status));
        }
        if (STATUS_CLASS.matcher(text).matches()) {
            int first = (text.charAt(0) - '0') * 100;
            return Optional.of(new StatusRange(first, first + 99));
        }
        return Optional.empty();
    }
}
