package dev.onward.calllog.table;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Builds one line of PostgreSQL's COPY text format, its line end included. Not thread-safe. */
final class CopyRow {

    private static final byte[] NULL = {'\\', 'N'};

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);

    /** Appends text of any characters, escaped for storage. */
    CopyRow text(String text) {
        return utf8(StoredText.escape(text).getBytes(StandardCharsets.UTF_8));
    }

    /** Appends text, or a null. */
    CopyRow text(Optional<String> text) {
        return text.map(this::text).orElseGet(this::nothing);
    }

    CopyRow number(long number) {
        return utf8(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    /** Appends a value that PostgreSQL takes as it is, such as a JSON document. */
    CopyRow utf8(byte[] value) {
        separate();
        int clean = 0;
        for (int i = 0; i < value.length; i++) {
            byte character = value[i];
            if (character > '\r' && character != '\\') {
                continue;
            }
            byte letter = letterOf(character);
            if (letter != 0) {
                line.write(value, clean, i - clean);
                line.write('\\');
                line.write(letter);
                clean = i + 1;
            }
        }
        line.write(value, clean, value.length - clean);
        return this;
    }

    CopyRow nothing() {
        separate();
        line.writeBytes(NULL);
        return this;
    }

    byte[] toBytes() {
        line.write('\n');
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
            line.write('\t');
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
