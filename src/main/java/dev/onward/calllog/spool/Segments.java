package dev.onward.calllog.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The spool's files: one that is written, and those that wait to be drained. Thread-safe. */
final class Segments {

    private static final Logger LOG = Logger.getLogger(Segments.class);

    /** A segment ends when it is larger; one COPY drains it. */
    private static final long MAX_SEGMENT_BYTES = 8L * 1024 * 1024;

    private final SpoolDirectory directory;
    private final Room room;
    private final Clock clock;
    private final Deque<Segment> sealed = new ArrayDeque<>();
    private @Nullable ActiveSegment active;
    private long settledRows;
    private volatile boolean failing;

    Segments(SpoolDirectory directory, Room room, Clock clock) {
        this.directory = directory;
        this.room = room;
        this.clock = clock;
        for (Segment segment : directory.leftOver()) {
            sealed.add(segment);
            room.correct(segment.bytes());
        }
    }

    /** Whether the last write failed and none succeeded since. */
    boolean isFailing() {
        return failing;
    }

    /** Appends frames, all or none: what a failed write left is cut off or ignored. */
    synchronized void append(ByteBuffer frames) throws IOException {
        try {
            ActiveSegment segment = active();
            segment.append(frames);
            if (segment.bytes() >= MAX_SEGMENT_BYTES) {
                sealActive();
            }
        } catch (IOException failure) {
            sealActive();
            if (!failing) {
                LOG.error("The call log's spool cannot be written; new work is refused until it can", failure);
            }
            failing = true;
            throw failure;
        }
    }

    /** Counts rows that were handed in and now are in a segment, or will never be. */
    synchronized void settle(int rows) {
        settledRows += rows;
    }

    /** Tries the disk again after a failure. */
    synchronized void probe() {
        try {
            directory.probe();
            failing = false;
            LOG.info("The call log's spool can be written again");
        } catch (IOException stillFailing) {
            LOG.debug("The call log's spool still cannot be written", stillFailing);
        }
    }

    /** Ends the segment that is written, and tells all that wait to be drained, oldest first. */
    synchronized Spool.Sealed seal() {
        sealActive();
        return new Spool.Sealed(sealed, settledRows);
    }

    synchronized void remove(Segment segment) {
        try {
            Files.deleteIfExists(segment.file());
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
        if (sealed.remove(segment)) {
            room.correct(-segment.bytes());
        }
    }

    synchronized Optional<Instant> oldest() {
        return sealed.isEmpty()
                ? Optional.ofNullable(active).map(ActiveSegment::startedAt)
                : Optional.of(sealed.getFirst().startedAt());
    }

    private ActiveSegment active() throws IOException {
        ActiveSegment segment = active;
        if (segment == null) {
            Path file = directory.nextSegment();
            segment = new ActiveSegment(file, directory.create(file), clock.instant());
            active = segment;
        }
        return segment;
    }

    private void sealActive() {
        ActiveSegment segment = active;
        if (segment != null) {
            active = null;
            segment.seal().ifPresent(sealed::add);
        }
    }
}
