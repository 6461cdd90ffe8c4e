package dev.onward.calllog.table;

import dev.onward.database.StoredText;
import dev.onward.value.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Builds one line of PostgreSQL's COPY text format, its line end included. Not thread-safe. */
final class CopyRow {

    private final JsonBuffer line;

    /** @param line empty; the row is written into it */
    CopyRow(JsonBuffer line) {
        this.line = line;
    }

    /** Appends text of any characters, escaped for storage. */
    CopyRow text(String text) {
        if (!isPlain(text)) {
            return utf8(StoredText.escape(text).getBytes(StandardCharsets.UTF_8));
        }
        separate();
        line.ascii(text);
        return this;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character > '~' || character == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Appends text, or a null. */
    CopyRow text(Optional<String> text) {
        return text.isPresent() ? text(text.get()) : nothing();
    }

    CopyRow number(long number) {
        separate();
        line.digits(number);
        return this;
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
            char letter = letterOf(character);
            if (letter != 0) {
                line.raw(value, clean, i);
                escape(letter);
                clean = i + 1;
            }
        }
        line.raw(value, clean, length);
        return this;
    }

    CopyRow nothing() {
        separate();
        escape('N');
        return this;
    }

    byte[] toBytes() {
        line.ascii('\n');
        return line.toByteArray();
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
        if (line.size() > 0) {
            line.ascii('\t');
        }
    }

    private void escape(char letter) {
        line.ascii('\\');
        line.ascii(letter);
    }

    /** What stands behind the backslash that escapes the character; zero when it stands for itself. */
    private static char letterOf(byte character) {
        return switch (character) {
            case '\\' -> '\\';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> 0;
        };
    }
}
