package dev.onward.egress;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads port numbers: 1 to 65535 in decimal digits, without sign, space or leading zeros. */
final class PortNumber {

    static final String RULE = "a port must be a number from 1 to 65535 without leading zeros";

    private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{0,4}");
    private static final int MAX = 65_535;

    private PortNumber() {}

    static Optional<Integer> parse(String text) {
        return Optional.of(text)
                .filter(digits -> DIGITS.matcher(digits).matches())
                .map(Integer::valueOf)
                .filter(port -> port <= MAX);
    }
}
