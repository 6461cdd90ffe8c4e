package dev.onward.egress;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What URLs are written with (RFC 3986): the legal characters of path and query, percent-encoding, dot segments. */
final class UrlText {

    private static final String UNRESERVED_MARKS = "-._~";
    private static final String PATH_MARKS = UNRESERVED_MARKS + "!$&'()*+,;=:@/";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private UrlText() {}

    static Optional<String> pathFault(String path) {
        return fault(path, PATH_MARKS, "path")
                .or(() -> hasDotSegment(path)
                        ? Optional.of("the path must have no segment that is '.' or '..', encoded or not")
                        : Optional.empty());
    }

    static Optional<String> queryFault(String query) {
        return fault(query, PATH_MARKS + "?", "query");
    }

    /**
     * Whether a reader that decodes the text, however often, would see a segment that is {@code .} or {@code ..}, with
     * slashes or backslashes between the segments.
     */
    static boolean hasDotSegment(String text) {
        for (String segment : decodedFully(text).split("[/\\\\]", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return true;
            }
        }
        return false;
    }

    /** Everything but letters, digits and {@code - . _ ~} as percent-encoded UTF-8; the text has no lone surrogates. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (isAlphanumeric((char) octet) || octet > 0 && UNRESERVED_MARKS.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX[octet >> 4 & 0xF]).append(HEX[octet & 0xF]);
            }
        }
        return encoded.toString();
    }

    static boolean hasLoneSurrogate(String text) {
        return text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /** The character for a message, by number when it cannot be shown. */
    static String shown(int character) {
        return character > ' ' && character < 0x7F ? "'" + (char) character + "'" : "U+%04X".formatted(character);
    }

    private static Optional<String> fault(String text, String marks, String part) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '%') {
                if (!isEscape(text, i)) {
                    return Optional.of("in the " + part + " a '%' must be followed by two hexadecimal digits");
                }
            } else if (!isAlphanumeric(character) && marks.indexOf(character) < 0) {
                return Optional.of(
                        "the " + part + " must not contain " + shown(character) + "; write it percent-encoded");
            }
        }
        return Optional.empty();
    }

    /**
     * Decodes until nothing is left to decode, in one pass from the end: what stands behind is decoded already when a
     * percent sign, written or itself decoded, is met. Octets become the characters of the same number, for only ASCII
     * matters to the one who asks.
     */
    private static String decodedFully(String text) {
        StringBuilder reversed = new StringBuilder(text.length());
        for (int i = text.length() - 1; i >= 0; i--) {
            reversed.append(text.charAt(i));
            for (int end = reversed.length(); isReversedEscape(reversed); end = reversed.length()) {
                String digits = "" + reversed.charAt(end - 2) + reversed.charAt(end - 3);
                reversed.setLength(end - 3);
                reversed.append((char) Integer.parseInt(digits, 16));
            }
        }
        return reversed.reverse().toString();
    }

    private static boolean isReversedEscape(StringBuilder reversed) {
        int end = reversed.length();
        return end >= 3
                && reversed.charAt(end - 1) == '%'
                && isHex(reversed.charAt(end - 2))
                && isHex(reversed.charAt(end - 3));
    }

    private static boolean isEscape(String text, int i) {
        return text.charAt(i) == '%' && i + 2 < text.length() && isHex(text.charAt(i + 1)) && isHex(text.charAt(i + 2));
    }

    private static boolean isHex(char character) {
        return character < 0x80 && Character.digit(character, 16) >= 0;
    }

    private static boolean isAlphanumeric(char character) {
        return character >= '0' && character <= '9'
                || character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z';
    }
}
