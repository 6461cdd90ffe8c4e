package dev.onward.database;

/**
 * Text in the form in which any column takes it. PostgreSQL refuses U+0000 and lone surrogates: they are stored as
 * <code>&#92;u0000</code> and <code>&#92;uD800</code>, a backslash as two, so that different texts stay different.
 */
public final class StoredText {

    private static final int ESCAPE_LENGTH = 6;

    private StoredText() {}

    /** The form to store and to compare with. */
    public static String escape(String text) {
        int first = firstToEscape(text);
        if (first == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + ESCAPE_LENGTH).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\\') {
                escaped.append("\\\\");
            } else if (!mustBeEscaped(text, i)) {
                escaped.append(character);
            } else {
                escaped.append(String.format("\\u%04X", (int) character));
            }
        }
        return escaped.toString();
    }

    /** The text that was stored. */
    public static String unescape(String stored) {
        int backslash = stored.indexOf('\\');
        if (backslash < 0) {
            return stored;
        }
        StringBuilder text = new StringBuilder(stored.length()).append(stored, 0, backslash);
        for (int i = backslash; i < stored.length(); i++) {
            char character = stored.charAt(i);
            if (character != '\\') {
                text.append(character);
            } else if (stored.startsWith("\\u", i)) {
                text.append((char) Integer.parseInt(stored, i + 2, i + ESCAPE_LENGTH, 16));
                i += ESCAPE_LENGTH - 1;
            } else {
                text.append('\\');
                i++;
            }
        }
        return text.toString();
    }

    private static int firstToEscape(String text) {
        int i = 0;
        while (i < text.length() && !mustBeEscaped(text, i)) {
            i++;
        }
        return i;
    }

    private static boolean mustBeEscaped(String text, int i) {
        char character = text.charAt(i);
        if (Character.isHighSurrogate(character)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(character)) {
            return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
        }
        return character == '\\' || character == 0;
    }
}
