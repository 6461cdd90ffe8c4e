package dev.onward.calllog.table;

import dev.onward.database.StoredText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Builds one line of PostgreSQL's COPY text format, its line end included. Not thread-safe. */
final class CopyRow {

    private byte[] line;
    private int size;

    /** @param expectedBytes room made at once; the line grows beyond it when needed */
    CopyRow(int expectedBytes) {
        this.line = new byte[expectedBytes];
    }

    /** Appends text of any characters, escaped for storage. */
    CopyRow text(String text) {
        int before = size;
        separate();
        ensureRoom(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character > '~' || character == '\\') {
                size = before;
                return utf8(StoredText.escape(text).getBytes(StandardCharsets.UTF_8));
            }
            line[size++] = (byte) character;
        }
        return this;
    }

    /** Appends text, or a null. */
    CopyRow text(Optional<String> text) {
        return text.isPresent() ? text(text.get()) : nothing();
    }

    CopyRow number(long number) {
        return text(Long.toString(number));
    }

    /** Appends a value that PostgreSQL takes as it is. */
    private CopyRow utf8(byte[] value) {
        return utf8(value, value.length);
    }

    /** Appends the first bytes of a value that PostgreSQL takes as it is, such as a JSON document. */
    CopyRow utf8(byte[] value, int length) {
        separate();
        int clean = 0;
        for (int i = 0; i < length; i++) {
            byte character = value[i];
            if (character > '\r' && character != '\\') {
                continue;
            }
            byte letter = letterOf(character);
            if (letter != 0) {
                raw(value, clean, i);
                escape(letter);
                clean = i + 1;
            }
        }
        raw(value, clean, length);
        return this;
    }

    CopyRow nothing() {
        separate();
        escape((byte) 'N');
        return this;
    }

    byte[] toBytes() {
        ensureRoom(1);
        line[size++] = '\n';
        return Arrays.copyOf(line, size);
    }

    /** The column as it stands in a line, with its escapes; empty bytes when the line has no such column. */
    static byte[] column(byte[] line, int number) {
        int start = 0;
        for (int skipped = 0; skipped < number && start < line.length; start++) {
            if (line[start] == '\t') {
                skipped++;
            }
        }
        int end = start;
        while (end < line.length && line[end] != '\t' && line[end] != '\n') {
            end++;
        }
        return Arrays.copyOfRange(line, start, end);
    }

    private void separate() {
        if (size > 0) {
            ensureRoom(1);
            line[size++] = '\t';
        }
    }

    private void escape(byte letter) {
        ensureRoom(2);
        line[size++] = '\\';
        line[size++] = letter;
    }

    private void raw(byte[] value, int from, int to) {
        ensureRoom(to - from);
        System.arraycopy(value, from, line, size, to - from);
        size += to - from;
    }

    private void ensureRoom(int more) {
        if (line.length - size < more) {
            line = Arrays.copyOf(line, Math.max(line.length * 2, Math.addExact(size, more)));
        }
    }

    /** What stands behind the backslash that escapes the character; zero when it stands for itself. */
    private static byte letterOf(byte character) {
        return switch (character) {
            case '\\' -> '\\';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> 0;
        };
    }
}
