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

    /** What every cursor of ours begins with: any other text would be taken for a key. */
    private static final String MARK = "after:";

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
            String marked = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            String key = marked.substring(Math.min(MARK.length(), marked.length()));
            List<String> found = List.of(key.split(SEPARATOR, -1));
            if (marked.startsWith(MARK)
                    && found.size() == parts
                    && key.chars().allMatch(unit -> unit >= ' ' || unit == '\n')) {
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
        String marked = MARK + String.join(SEPARATOR, key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(marked.getBytes(StandardCharsets.UTF_8));
    }
}
