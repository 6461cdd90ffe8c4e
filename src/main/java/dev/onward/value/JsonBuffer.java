package dev.onward.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

/**
 * A growing buffer that JSON text is written into, as UTF-8 without white space (RFC 8259).
 *
 * <p>It differs from a Jackson generator in two ways: it never throws on text, a lone surrogate is written as its
 * escape; and the caller may append prepared bytes, which is what makes a compiled template fast and lets other text,
 * such as a line of COPY, be written with it. Not thread-safe.
 */
public final class JsonBuffer {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    /** Per ASCII character: 0 = as it is, 'u' = a six-character escape, else the letter after the backslash. */
    private static final byte[] ESCAPE = escapes();

    /** What one character grows to at most: a six-character escape. */
    private static final int MAX_BYTES_PER_CHAR = 6;

    private byte[] bytes;
    private int size;

    /** @param expectedBytes room made at once; the buffer grows beyond it when needed */
    public JsonBuffer(int expectedBytes) {
        if (expectedBytes < 0) {
            throw new IllegalArgumentException("expectedBytes must not be negative, was " + expectedBytes);
        }
        this.bytes = new byte[Math.max(expectedBytes, 16)];
    }

    /** The text of a JSON value. */
    public static String textOf(JsonNode value) {
        return new String(bytesOf(value), StandardCharsets.UTF_8);
    }

    /** The UTF-8 text of a JSON value. */
    public static byte[] bytesOf(JsonNode value) {
        JsonBuffer buffer = new JsonBuffer(512);
        buffer.value(value);
        return buffer.toByteArray();
    }

    /** How many bytes were written so far. */
    public int size() {
        return size;
    }

    /** Appends one ASCII character as it is. */
    public void ascii(char character) {
        ensureRoom(1);
        bytes[size++] = (byte) character;
    }

    /**
     * Appends a comma unless nothing stands before this place in the same object or array: unless the last byte is the
     * bracket that opened it, or there is none.
     */
    public void separator() {
        if (size > 0 && bytes[size - 1] != '{' && bytes[size - 1] != '[') {
            ascii(',');
        }
    }

    /** Appends ASCII text as it is. */
    public void ascii(String text) {
        int length = text.length();
        ensureRoom(length);
        byte[] target = bytes;
        int start = size;
        for (int i = 0; i < length; i++) {
            target[start + i] = (byte) text.charAt(i);
        }
        size = start + length;
    }

    /** Appends prepared bytes as they are. */
    public void raw(byte[] prepared) {
        raw(prepared, 0, prepared.length);
    }

    /** Appends prepared bytes as they are, from one index to before another. */
    public void raw(byte[] prepared, int from, int to) {
        ensureRoom(to - from);
        System.arraycopy(prepared, from, bytes, size, to - from);
        size += to - from;
    }

    /** Appends a JSON string, quotes included. */
    public void string(String text) {
        ascii('"');
        text(text);
        ascii('"');
    }

    /** Appends text escaped as inside a JSON string, without the quotes. */
    public void text(String text) {
        int length = text.length();
        int at = 0;
        while (at < length) {
            at = plain(text, at);
            if (at < length) {
                at = special(text, at);
            }
        }
    }

    /**
     * Appends a number or any other JSON value of the tree; a missing node is written as null.
     *
     * @throws IllegalArgumentException when the tree holds what JSON cannot say: a NaN, an infinity, a Java object
     */
    public void value(JsonNode value) {
        switch (value.getNodeType()) {
            case STRING -> string(value.textValue());
            case NUMBER -> number(value);
            case BOOLEAN -> raw(value.booleanValue() ? TRUE : FALSE);
            case OBJECT -> object(value);
            case ARRAY -> array(value);
            case NULL, MISSING -> raw(NULL);
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getNodeType());
        }
    }

    /** Forgets what was written and keeps the room, so that the buffer can be used again. */
    public void clear() {
        size = 0;
    }

    /** How many bytes fit without growing. */
    public int capacity() {
        return bytes.length;
    }

    /** What was written, without a copy: the first {@link #size} bytes, until the buffer is used again. */
    public byte[] array() {
        return bytes;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void object(JsonNode object) {
        ascii('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!first) {
                ascii(',');
            }
            first = false;
            string(member.getKey());
            ascii(':');
            value(member.getValue());
        }
        ascii('}');
    }

    private void array(JsonNode array) {
        ascii('[');
        Iterator<JsonNode> elements = array.elements();
        while (elements.hasNext()) {
            value(elements.next());
            if (elements.hasNext()) {
                ascii(',');
            }
        }
        ascii(']');
    }

    private void number(JsonNode number) {
        switch (number.numberType()) {
            case INT, LONG -> digits(number.longValue());
            case FLOAT, DOUBLE -> ascii(finite(number).asText());
            default -> ascii(number.asText());
        }
    }

    private static JsonNode finite(JsonNode number) {
        if (!Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException("JSON has no number " + number.asText());
        }
        return number;
    }

    /** Appends a whole number. */
    public void digits(long value) {
        if (value == Long.MIN_VALUE) {
            ascii(Long.toString(value));
            return;
        }
        ensureRoom(20);
        long rest = Math.abs(value);
        if (value < 0) {
            bytes[size++] = '-';
        }
        int end = size + digitCount(rest);
        for (int i = end - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size = end;
    }

    private static int digitCount(long value) {
        int count = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            count++;
        }
        return count;
    }

    /** Copies what needs no escape and one byte a character; returns where that ends. */
    private int plain(String text, int from) {
        int length = text.length();
        ensureRoom(length - from);
        byte[] target = bytes;
        int shift = size - from;
        int at = from;
        while (at < length) {
            char character = text.charAt(at);
            if (character >= 0x80 || ESCAPE[character] != 0) {
                break;
            }
            target[shift + at++] = (byte) character;
        }
        size = shift + at;
        return at;
    }

    /** Writes one character that is not plain; returns where the next one stands. */
    private int special(String text, int at) {
        ensureRoom(MAX_BYTES_PER_CHAR);
        char character = text.charAt(at);
        if (character < 0x80) {
            escaped(character);
        } else if (Character.isHighSurrogate(character)
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1))) {
            supplementary(Character.toCodePoint(character, text.charAt(at + 1)));
            return at + 2;
        } else {
            basicPlane(character);
        }
        return at + 1;
    }

    private void escaped(char character) {
        byte escape = ESCAPE[character];
        if (escape == 'u') {
            unicodeEscape(character);
        } else {
            bytes[size++] = '\\';
            bytes[size++] = escape;
        }
    }

    private void basicPlane(char character) {
        if (character < 0x800) {
            bytes[size++] = (byte) (0xC0 | character >> 6);
            bytes[size++] = (byte) (0x80 | character & 0x3F);
        } else if (Character.isSurrogate(character)) {
            unicodeEscape(character);
        } else {
            bytes[size++] = (byte) (0xE0 | character >> 12);
            bytes[size++] = (byte) (0x80 | character >> 6 & 0x3F);
            bytes[size++] = (byte) (0x80 | character & 0x3F);
        }
    }

    private void supplementary(int codePoint) {
        bytes[size++] = (byte) (0xF0 | codePoint >> 18);
        bytes[size++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
        bytes[size++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        bytes[size++] = (byte) (0x80 | codePoint & 0x3F);
    }

    private void unicodeEscape(char character) {
        bytes[size++] = '\\';
        bytes[size++] = 'u';
        bytes[size++] = HEX[character >> 12];
        bytes[size++] = HEX[character >> 8 & 0xF];
        bytes[size++] = HEX[character >> 4 & 0xF];
        bytes[size++] = HEX[character & 0xF];
    }

    private void ensureRoom(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }

    private static byte[] escapes() {
        byte[] escapes = new byte[0x80];
        Arrays.fill(escapes, 0, 0x20, (byte) 'u');
        escapes['"'] = '"';
        escapes['\\'] = '\\';
        escapes['\b'] = 'b';
        escapes['\f'] = 'f';
        escapes['\n'] = 'n';
        escapes['\r'] = 'r';
        escapes['\t'] = 't';
        return escapes;
    }
}
