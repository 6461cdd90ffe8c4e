package dev.onward.egress.name;

import java.util.Optional;

/** Decodes Punycode (RFC 3492), the ASCII form of international labels. */
final class Punycode {

    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 0x80;

    private final StringBuilder output;
    private final String digits;
    private int position;

    private Punycode(String basic, String digits) {
        this.output = new StringBuilder(basic);
        this.digits = digits;
    }

    /**
     * Decodes the part behind {@code xn--}.
     *
     * @param encoded lower-case letters, digits and hyphens
     * @return empty when it is no Punycode
     */
    static Optional<String> decode(String encoded) {
        int hyphen = encoded.lastIndexOf('-');
        return hyphen > 0
                ? new Punycode(encoded.substring(0, hyphen), encoded.substring(hyphen + 1)).insertAll()
                : new Punycode("", encoded).insertAll();
    }

    private Optional<String> insertAll() {
        long point = INITIAL_N;
        long index = 0;
        int bias = INITIAL_BIAS;
        while (position < digits.length()) {
            long delta = readNumber(bias);
            int length = output.codePointCount(0, output.length()) + 1;
            bias = adapt(delta, length, index == 0 && point == INITIAL_N);
            index += delta;
            point += index / length;
            index %= length;
            if (delta < 0 || point > Character.MAX_CODE_POINT || isSurrogate(point)) {
                return Optional.empty();
            }
            output.insert(output.offsetByCodePoints(0, (int) index), Character.toChars((int) point));
            index++;
        }
        return Optional.of(output.toString());
    }

    /** The next variable-length number, or -1 when the digits end too early or the number is absurd. */
    private long readNumber(int bias) {
        long number = 0;
        long weight = 1;
        for (int k = BASE; position < digits.length(); k += BASE) {
            int digit = digit(digits.charAt(position++));
            number += digit * weight;
            int threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
            if (digit < 0 || number > Integer.MAX_VALUE) {
                return -1;
            }
            if (digit < threshold) {
                return number;
            }
            weight *= BASE - threshold;
        }
        return -1;
    }

    private static int adapt(long delta, int length, boolean first) {
        long rest = first ? delta / DAMP : delta / 2;
        rest += rest / length;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return (int) (k + (BASE - T_MIN + 1) * rest / (rest + SKEW));
    }

    private static int digit(char character) {
        if (character >= 'a' && character <= 'z') {
            return character - 'a';
        }
        return character >= '0' && character <= '9' ? character - '0' + 26 : -1;
    }

    private static boolean isSurrogate(long point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
