package dev.onward.value;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Where the next page of a list begins: opaque to clients, the sort key of the last row to us.
 *
 * @param key the parts of the sort key; no part holds a line break
 */
public record Cursor(List<String> key) {

    private static final String SEPARATOR = "\n";

    public Cursor {
        key = List.copyOf(key);
    }

    /**
     * Reads a cursor that a client sent back.
     *
     * @param parts how many parts the key has
     * @throws CursorInvalidException when it is none of ours
     */
    public static Cursor parse(String text, int parts) {
        try {
            String key = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            List<String> found = List.of(key.split(SEPARATOR, -1));
            if (found.size() == parts && key.chars().allMatch(unit -> unit >= ' ' || unit == '\n')) {
                return new Cursor(found);
            }
        } catch (IllegalArgumentException notBase64) {
            throw new CursorInvalidException(notBase64);
        }
        throw new CursorInvalidException(null);
    }

    /**
     * Reads a cursor whose key is one whole number.
     *
     * @throws CursorInvalidException when it is none of ours
     */
    public static int parseNumber(String text) {
        String number = parse(text, 1).key().get(0);
        if (!number.matches("[0-9]{1,9}")) {
            throw new CursorInvalidException(null);
        }
        return Integer.parseInt(number);
    }

    /** As clients see it. */
    public String text() {
        byte[] key = String.join(SEPARATOR, this.key).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }
}
