package dev.onward.expression.function;

import java.util.Locale;

/**
 * Upper and lower case whatever the locale, in time linear in the text: {@link String} copies the whole text for each
 * letter that becomes more than one.
 */
final class LetterCase {

    private static final int PIECE = 64;

    private LetterCase() {}

    /** In upper case, which a letter has whatever stands beside it: the text is changed piece by piece. */
    static String upper(String text) {
        StringBuilder result = new StringBuilder(text.length());
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(from + PIECE, text.length());
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to++;
            }
            result.append(text.substring(from, to).toUpperCase(Locale.ROOT));
            from = to;
        }
        return result.toString();
    }

    /** In lower case, where a sigma looks at its neighbours. One letter alone becomes two: it is replaced before. */
    static String lower(String text) {
        return text.replace("\u0130", "i\u0307").toLowerCase(Locale.ROOT);
    }
}
