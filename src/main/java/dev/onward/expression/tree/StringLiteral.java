package dev.onward.expression.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of a string literal. Its escapes are {@code \\ \" \' \/ \n \t \r \b \f} and a {@code \}{@code u} with four
 * hexadecimal digits.
 *
 * @param text without quotes and escapes
 * @param unknownEscapes where in the literal, counted from its opening quote, a backslash begins no known escape
 */
public record StringLiteral(String text, List<Integer> unknownEscapes) {

    private static final String ESCAPED = "\\\"'/ntrbf";
    private static final String MEANT = "\\\"'/\n\t\r\b\f";
    private static final int UNICODE_DIGITS = 4;

    public StringLiteral {
        unknownEscapes = List.copyOf(unknownEscapes);
    }

    /**
     * Reads a literal.
     *
     * @param literal with its quotes
     */
    public static StringLiteral read(String literal) {
        StringBuilder text = new StringBuilder(literal.length());
        List<Integer> unknown = new ArrayList<>();
        int end = literal.length() - 1;
        for (int at = 1; at < end; at++) {
            char each = literal.charAt(at);
            if (each != '\\') {
                text.append(each);
                continue;
            }
            int known = ESCAPED.indexOf(literal.charAt(at + 1));
            if (known >= 0) {
                text.append(MEANT.charAt(known));
                at++;
            } else if (isUnicode(literal, at + 1, end)) {
                text.append((char) Integer.parseInt(literal, at + 2, at + 2 + UNICODE_DIGITS, 16));
                at += 1 + UNICODE_DIGITS;
            } else {
                unknown.add(at);
            }
        }
        return new StringLiteral(text.toString(), unknown);
    }

    /** The literal of a text, in double quotes. */
    public static String quote(String text) {
        StringBuilder literal = new StringBuilder(text.length() + 2).append('"');
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            int known = each == '\'' || each == '/' ? -1 : MEANT.indexOf(each);
            if (known >= 0) {
                literal.append('\\').append(ESCAPED.charAt(known));
            } else if (Character.isISOControl(each) || Character.isSurrogate(each)) {
                literal.append(String.format("\\u%04x", (int) each));
            } else {
                literal.append(each);
            }
        }
        return literal.append('"').toString();
    }

    private static boolean isUnicode(String literal, int at, int end) {
        if (literal.charAt(at) != 'u' || at + UNICODE_DIGITS >= end) {
            return false;
        }
        return literal.substring(at + 1, at + 1 + UNICODE_DIGITS)
                .chars()
                .allMatch(digit -> Character.digit(digit, 16) >= 0 && digit < 128);
    }
}
