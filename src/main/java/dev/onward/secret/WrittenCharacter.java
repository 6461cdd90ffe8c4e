package dev.onward.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The ways to write one character: as it is; escaped as in a JSON string, or in one within another; and each of these
 * percent-encoded as UTF-8, once or twice; a space also as {@code +}. Hexadecimal digits are upper case here; readers ignore
 * the case.
 */
final class WrittenCharacter {

    private static final char[] SHORT_ESCAPES = "\"\\/\b\f\n\r\t".toCharArray();
    private static final String SHORT_ESCAPE_LETTERS = "\"\\/bfnrt";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private static final List<String[]> ASCII = ascii();

    private WrittenCharacter() {}

    /** Whether it is written as it is everywhere: a letter or a digit of ASCII. */
    static boolean isPlain(char character) {
        return character >= '0' && character <= '9'
                || character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z';
    }

    /** All ways, of which none is empty; not to be changed. */
    static String[] waysOf(int codePoint) {
        return codePoint < ASCII.size() ? ASCII.get(codePoint) : made(codePoint);
    }

    private static List<String[]> ascii() {
        List<String[]> ways = new ArrayList<>();
        for (int codePoint = 0; codePoint < 0x80; codePoint++) {
            ways.add(made(codePoint));
        }
        return List.copyOf(ways);
    }

    private static String[] made(int codePoint) {
        String literal = Character.toString(codePoint);
        Set<String> ways = new LinkedHashSet<>();
        ways.add(literal);
        for (String escaped : jsonEscapes(codePoint)) {
            ways.add(escaped);
            ways.add(escaped.replace("\\", "\\\\").replace("\"", "\\\""));
        }
        for (String unencoded : List.copyOf(ways)) {
            ways.add(percentEncoded(unencoded));
            ways.add(percentEncoded(unencoded).replace("%", "%25"));
        }
        if (codePoint == ' ') {
            ways.add("+");
        }
        return ways.toArray(String[]::new);
    }

    private static List<String> jsonEscapes(int codePoint) {
        List<String> escapes = new ArrayList<>();
        for (int i = 0; i < SHORT_ESCAPES.length; i++) {
            if (SHORT_ESCAPES[i] == codePoint) {
                escapes.add("\\" + SHORT_ESCAPE_LETTERS.charAt(i));
            }
        }
        StringBuilder units = new StringBuilder();
        for (char unit : Character.toChars(codePoint)) {
            units.append("\\u").append("%04X".formatted((int) unit));
        }
        escapes.add(units.toString());
        return escapes;
    }

    /** All but letters and digits. */
    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= 0 && isPlain((char) octet)) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX[octet >> 4 & 0xF]).append(HEX[octet & 0xF]);
            }
        }
        return encoded.toString();
    }
}
