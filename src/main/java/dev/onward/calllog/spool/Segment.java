package dev.onward.calllog.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A file of the spool that is written no more.
 *
 * @param bytes how much of it was acknowledged
 * @param startedAt when its first row came
 */
record Segment(Path file, long bytes, Instant startedAt) {

    /** Its rows in the order they came; a torn end is left out. */
    List<byte[]> rows() throws IOException {
        return Frames.read(ByteBuffer.wrap(Files.readAllBytes(file)));
    }
}
