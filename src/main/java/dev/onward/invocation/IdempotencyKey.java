package dev.onward.invocation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client's name for one request, so that a repeat of it is recognised.
 *
 * @param text 1 to 255 printable ASCII characters
 */
record IdempotencyKey(String text) {

    private static final Pattern BARE = Pattern.compile("[\\x21-\\x7E&&[^\"\\\\]]{1,255}");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[\\x20-\\x7E&&[^\"\\\\]]|\\\\[\"\\\\])+)\"");
    private static final int MAX_LENGTH = 255;

    /**
     * Reads the header's value: a string of RFC 8941 §3.3.3, or the bare key.
     *
     * @throws IdempotencyException when it is neither
     */
    static IdempotencyKey parse(String header) {
        String value = header.strip();
        if (BARE.matcher(value).matches()) {
            return new IdempotencyKey(value);
        }
        Matcher quoted = value.length() <= 2 * MAX_LENGTH + 2 ? QUOTED.matcher(value) : QUOTED.matcher("");
        if (quoted.matches()) {
            String text = quoted.group(1).replaceAll("\\\\(.)", "$1");
            if (text.length() <= MAX_LENGTH) {
                return new IdempotencyKey(text);
            }
        }
        throw new IdempotencyException(
                IdempotencyException.Reason.INVALID,
                "Idempotency-Key must have 1 to " + MAX_LENGTH
                        + " printable ASCII characters, bare (without spaces) or in double quotes");
    }
}
