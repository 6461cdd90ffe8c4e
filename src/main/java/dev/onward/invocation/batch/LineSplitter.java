package dev.onward.invocation.batch;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a stream of bytes into lines at each line feed, a carriage return before it aside. It holds one chunk and at most
 * one line's beginning. Lines of white space only are passed over, but counted. Not thread-safe.
 */
final class LineSplitter {

    private static final byte[] NOTHING = {};

    private final int maxLineBytes;
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private byte[] chunk = NOTHING;
    private int position;
    private long number = 1;
    private boolean tooLong;

    /** @param maxLineBytes a longer line is given without its text */
    LineSplitter(int maxLineBytes) {
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * One line.
     *
     * @param number from 1
     * @param text empty when the line is longer than the limit
     */
    record Line(long number, Optional<byte[]> text) {

        int bytes() {
            return text.map(all -> all.length).orElse(0);
        }
    }

    /** Takes the next bytes; only when {@link #next} has nothing left. */
    void add(byte[] bytes) {
        if (position < chunk.length) {
            throw new IllegalStateException("there are lines left in the chunk before");
        }
        chunk = bytes;
        position = 0;
    }

    /** The next line that is there as a whole. */
    Optional<Line> next() {
        Optional<Line> line = Optional.empty();
        while (line.isEmpty() && position < chunk.length) {
            int end = lineFeed();
            keep(end);
            if (end < chunk.length) {
                position = end + 1;
                line = complete();
            } else {
                position = end;
            }
        }
        return line;
    }

    /** What stands after the last line feed, when the stream has ended. */
    Optional<Line> last() {
        return complete();
    }

    private int lineFeed() {
        int index = position;
        while (index < chunk.length && chunk[index] != '\n') {
            index++;
        }
        return index;
    }

    private void keep(int end) {
        if (tooLong || beginning.size() + end - position > maxLineBytes) {
            tooLong = true;
            beginning.reset();
        } else {
            beginning.write(chunk, position, end - position);
        }
    }

    private Optional<Line> complete() {
        byte[] text = withoutCarriageReturn(beginning.toByteArray());
        boolean wasTooLong = tooLong;
        long its = number++;
        beginning.reset();
        tooLong = false;
        if (wasTooLong) {
            return Optional.of(new Line(its, Optional.empty()));
        }
        return isBlank(text) ? Optional.empty() : Optional.of(new Line(its, Optional.of(text)));
    }

    private static byte[] withoutCarriageReturn(byte[] text) {
        boolean has = text.length > 0 && text[text.length - 1] == '\r';
        return has ? Arrays.copyOf(text, text.length - 1) : text;
    }

    private static boolean isBlank(byte[] text) {
        for (byte each : text) {
            if (each != ' ' && each != '\t') {
                return false;
            }
        }
        return true;
    }
}
