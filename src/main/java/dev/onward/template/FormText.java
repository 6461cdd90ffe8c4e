package dev.onward.template;

import dev.onward.value.JsonBuffer;

/**
 * Writes names and values as {@code application/x-www-form-urlencoded} has them (url.spec.whatwg.org, section 5.2): a
 * space as {@code +}, letters, digits and {@code * - . _} as they are, all else as percent-encoded UTF-8.
 */
final class FormText {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private FormText() {}

    /** Whether the text has no half of a surrogate pair, which UTF-8 could not carry. */
    static boolean isEncodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /**
     * Appends a name or a value.
     *
     * @throws TemplateException when the text has half of a surrogate pair
     */
    static void write(String text, JsonBuffer out) {
        if (!isEncodable(text)) {
            throw new TemplateException(
                    TemplateIssue.FORM_TEXT_INVALID, "a value of the form holds half a surrogate pair");
        }
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < 0x80) {
                ascii(character, out);
            } else {
                int point = text.codePointAt(i);
                i += Character.charCount(point) - 1;
                beyondAscii(point, out);
            }
        }
    }

    private static void ascii(char character, JsonBuffer out) {
        if (isPlain(character)) {
            out.ascii(character);
        } else if (character == ' ') {
            out.ascii('+');
        } else {
            octet(character, out);
        }
    }

    private static boolean isPlain(char character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || character == '*'
                || character == '-'
                || character == '.'
                || character == '_';
    }

    /** UTF-8 (RFC 3629 §3), octet by octet. */
    private static void beyondAscii(int point, JsonBuffer out) {
        if (point < 0x800) {
            octet(0xC0 | point >> 6, out);
        } else {
            if (point < 0x1_0000) {
                octet(0xE0 | point >> 12, out);
            } else {
                octet(0xF0 | point >> 18, out);
                octet(0x80 | point >> 12 & 0x3F, out);
            }
            octet(0x80 | point >> 6 & 0x3F, out);
        }
        octet(0x80 | point & 0x3F, out);
    }

    private static void octet(int octet, JsonBuffer out) {
        out.ascii('%');
        out.ascii(HEX[octet >> 4]);
        out.ascii(HEX[octet & 0xF]);
    }
}
