package dev.onward.calllog.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The segment that is being written. Not thread-safe. */
final class ActiveSegment {

    private final Path file;
    private final SeekableByteChannel channel;
    private final Instant startedAt;
    private long bytes;

    ActiveSegment(Path file, SeekableByteChannel channel, Instant startedAt) {
        this.file = file;
        this.channel = channel;
        this.startedAt = startedAt;
    }

    /** Appends all that remains in the buffer, or throws; then the segment must be sealed, its end may be torn. */
    void append(ByteBuffer frames) throws IOException {
        int more = frames.remaining();
        while (frames.hasRemaining()) {
            channel.write(frames);
        }
        bytes += more;
    }

    /** Ends writing. What a failed append left behind is cut off if the disk lets us; a reader ignores it anyway. */
    Optional<Segment> seal() {
        try (channel) {
            if (channel.size() > bytes) {
                channel.truncate(bytes);
            }
        } catch (IOException tornEndStays) {
            // A reader stops at the torn end.
        }
        return bytes > 0 ? Optional.of(new Segment(file, bytes, startedAt)) : removed();
    }

    long bytes() {
        return bytes;
    }

    Instant startedAt() {
        return startedAt;
    }

    private Optional<Segment> removed() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException emptyFileStays) {
            // The next start finds it, reads no row in it and deletes it.
        }
        return Optional.empty();
    }
}
