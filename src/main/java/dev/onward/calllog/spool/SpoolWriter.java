package dev.onward.calllog.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one thread that writes rows to segments: all that wait in one write. Thread-safe. */
final class SpoolWriter {

    /** One write takes no further row beyond this. */
    private static final int BATCH_BYTES = 1024 * 1024;

    /** What a batch needs nearly always: its last row may be larger than the rest of it. */
    private static final int BUFFER_BYTES = BATCH_BYTES + 64 * 1024;

    /** How long an idle thread sleeps before it looks after a failing disk or its own end. */
    private static final long IDLE_MILLIS = 200;

    /** While rows come quickly, so many more share one write and one waking of this thread. */
    private static final long LINGER_NANOS = 100_000;

    /** A disk that takes longer is not waited for at the end. */
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

    private record Waiting(Supplier<byte[]> row, CompletableFuture<@Nullable Void> written) {}

    private record Built(byte[] row, CompletableFuture<@Nullable Void> written) {}

    private final Segments segments;
    private final Room room;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicLong accepted = new AtomicLong();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Thread thread = new Thread(this::run, "call-log-spool");
    private boolean isBusy;
    private volatile boolean closing;
    private volatile boolean ended;

    SpoolWriter(Segments segments, Room room) {
        this.segments = segments;
        this.room = room;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    boolean isClosing() {
        return closing;
    }

    /**
     * The expected room for the row is taken already; it is given back when the row cannot be written.
     *
     * @param row gives the row to the writer's thread, once
     */
    CompletionStage<@Nullable Void> append(Supplier<byte[]> row) {
        Waiting waiting = new Waiting(row, new CompletableFuture<>());
        accepted.incrementAndGet();
        queue.add(waiting);
        if (ended) {
            refuseAllThatWait();
        }
        return waiting.written();
    }

    long accepted() {
        return accepted.get();
    }

    /** How many rows were handed in and are not written. */
    int waiting() {
        return queue.size();
    }

    /** Returns when all that was appended before is written. */
    void close() {
        closing = true;
        Uninterruptibly.join(thread, LONGEST_WRITE);
    }

    private void run() {
        List<Built> batch = new ArrayList<>();
        while (!closing || !queue.isEmpty()) {
            int taken = takeBatch(batch);
            if (taken > 0) {
                write(batch);
                // Whatever became of them: who waits for rows must not wait for those that failed.
                segments.settle(taken);
                batch.clear();
            } else if (segments.isFailing()) {
                segments.probe();
            }
        }
        ended = true;
        refuseAllThatWait();
    }

    /** Gives how many rows were taken, those included that could not be made. */
    private int takeBatch(List<Built> batch) {
        Waiting next = pollPatiently();
        if (next != null && isBusy) {
            LockSupport.parkNanos(LINGER_NANOS);
        }
        int taken = 0;
        long bytes = 0;
        while (next != null) {
            taken++;
            Built built = build(next);
            if (built != null) {
                batch.add(built);
                bytes += Frames.sizeOf(built.row());
            }
            next = bytes < BATCH_BYTES ? queue.poll() : null;
        }
        isBusy = taken > 1;
        return taken;
    }

    /** Null when there is no row, which is told already. */
    private @Nullable Built build(Waiting waiting) {
        try {
            Built built = new Built(waiting.row().get(), waiting.written());
            room.correct(Frames.sizeOf(built.row()) - Spool.EXPECTED_ROW_BYTES);
            return built;
        } catch (RuntimeException | Error unwritable) {
            // The thread must go on whatever happens: nobody else writes, and callers wait for it.
            room.correct(-Spool.EXPECTED_ROW_BYTES);
            waiting.written().completeExceptionally(unwritable);
            return null;
        }
    }

    private @Nullable Waiting pollPatiently() {
        try {
            return queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobodyMeansUs) {
            return queue.poll();
        }
    }

    private void write(List<Built> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            segments.append(frames(batch));
            batch.forEach(built -> built.written().complete(null));
        } catch (IOException | RuntimeException | OutOfMemoryError failure) {
            room.correct(-sizeOf(batch));
            SpoolException told = new SpoolException("the call log's spool cannot be written", failure);
            batch.forEach(built -> built.written().completeExceptionally(told));
        }
    }

    private ByteBuffer frames(List<Built> batch) {
        int bytes = sizeOf(batch);
        ByteBuffer target = bytes <= BUFFER_BYTES ? buffer.clear() : ByteBuffer.allocate(bytes);
        batch.forEach(built -> Frames.put(built.row(), target));
        return target.flip();
    }

    private static int sizeOf(List<Built> batch) {
        int bytes = 0;
        for (Built built : batch) {
            bytes += Frames.sizeOf(built.row());
        }
        return bytes;
    }

    private void refuseAllThatWait() {
        for (Waiting late = queue.poll(); late != null; late = queue.poll()) {
            room.correct(-Spool.EXPECTED_ROW_BYTES);
            late.written().completeExceptionally(new SpoolException("the call log is closed"));
        }
    }
}
