package dev.onward.calllog.spool;

import java.io.Closeable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows and keeps them in files until they are drained. A row that was acknowledged survives the death of this
 * process, not that of the machine: it was written, not forced to the disk.
 *
 * <p>Thread-safe. No method but {@link #close()} waits for more than one write.
 */
public final class Spool implements Closeable {

    /** What a row is thought to need until its size is known. */
    static final int EXPECTED_ROW_BYTES = 8 * 1024;

    /** With more than this part of the room in use, rows wait for nothing: readers of the log must not wait long. */
    private static final int FILLING = 8;

    /** So many rows at most may wait in the heap for a slow disk. */
    static final int MAX_WAITING = 16_384;

    private final Room room;
    private final OpenPlaces places = new OpenPlaces();
    private final Segments segments;
    private final SpoolWriter writer;

    /**
     * Opens the spool with all that an ended process left in the folder.
     *
     * @param maxBytes rows are refused above it
     */
    public Spool(SpoolDirectory directory, long maxBytes, Clock clock) {
        this.room = new Room(maxBytes);
        this.segments = new Segments(directory, room, clock);
        this.writer = new SpoolWriter(segments, room);
        writer.start();
    }

    /** A place for one row, or empty when the spool is full, its disk fails or is far behind, or it is closed. */
    public Optional<Place> reserve() {
        if (segments.isFailing() || writer.isClosing() || writer.waiting() > MAX_WAITING || !places.enter()) {
            return Optional.empty();
        }
        if (!room.tryTake(EXPECTED_ROW_BYTES)) {
            places.leave();
            return Optional.empty();
        }
        return Optional.of(new Place());
    }

    /**
     * Gives out no more places and waits until those given out are used: a call under way shall find its place.
     *
     * @return false when that took longer than {@code atMost}
     */
    public boolean awaitPlaces(Duration atMost) {
        return places.close(atMost);
    }

    /** Ends the segment that is being written, and tells all that wait to be drained, oldest first. */
    Sealed seal() {
        return segments.seal();
    }

    /** Removes a drained segment. */
    void remove(Segment segment) {
        segments.remove(segment);
    }

    /** How many rows were handed in since the start. */
    long accepted() {
        return writer.accepted();
    }

    /** Whether so much is held that the database should take it now. */
    boolean isFilling() {
        return room.used() > room.max() / FILLING;
    }

    /** The bytes held and promised. */
    public long usedBytes() {
        return room.used();
    }

    /** When the oldest row came that is not drained yet; empty when there is none. */
    public Optional<Instant> oldest() {
        return segments.oldest();
    }

    /** Writes what was handed in and ends. Rows that come later are refused. */
    @Override
    public void close() {
        writer.close();
    }

    /**
     * Segments to be drained.
     *
     * @param settled how many rows since the start are in these segments, in earlier ones, or failed
     */
    record Sealed(Collection<Segment> segments, long settled) {
        Sealed {
            segments = List.copyOf(segments);
        }
    }

    /** A place for one row: used once or given back. Thread-safe. */
    public final class Place {

        private final AtomicBoolean used = new AtomicBoolean();

        private Place() {}

        /**
         * Hands the row over.
         *
         * @param row gives it, once, to the writer's thread: whoever hands it over has better to do
         * @return completes on the writer's thread when the row was written, so what follows must be short; fails with a
         *     {@link SpoolException} when it could not be, or as the supplier of the row failed
         */
        public CompletionStage<@Nullable Void> append(Supplier<byte[]> row) {
            if (!used.compareAndSet(false, true)) {
                return CompletableFuture.failedFuture(new SpoolException("this place in the spool was used before"));
            }
            CompletionStage<@Nullable Void> written = writer.append(row);
            places.leave();
            return written;
        }

        /** Gives the place back. Ignored after any use. */
        public void release() {
            if (used.compareAndSet(false, true)) {
                room.correct(-EXPECTED_ROW_BYTES);
                places.leave();
            }
        }
    }
}
