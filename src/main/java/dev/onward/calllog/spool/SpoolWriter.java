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
import org.jspecify.annotations.Nullable;

/** The one thread that writes rows to segments: all that wait in one write. Thread-safe. */
final class SpoolWriter {

    /** One write takes at most this, or a single larger row. */
    private static final int BATCH_BYTES = 1024 * 1024;

    /** How long an idle thread sleeps before it looks after a failing disk or its own end. */
    private static final long IDLE_MILLIS = 200;

    /** While rows come quickly, so many more share one write and one waking of this thread. */
    private static final long LINGER_NANOS = 500_000;

    /** A disk that takes longer is not waited for at the end. */
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

    private record Waiting(byte[] row, CompletableFuture<@Nullable Void> written) {}

    private final Segments segments;
    private final Room room;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicLong accepted = new AtomicLong();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BATCH_BYTES);
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

    /** The room for the row is taken already; it is given back when the row cannot be written. */
    CompletionStage<@Nullable Void> append(byte[] row) {
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

    /** Returns when all that was appended before is written. */
    void close() {
        closing = true;
        Uninterruptibly.join(thread, LONGEST_WRITE);
    }

    private void run() {
        List<Waiting> batch = new ArrayList<>();
        while (!closing || !queue.isEmpty()) {
            takeBatch(batch);
            if (!batch.isEmpty()) {
                write(batch);
                batch.clear();
            } else if (segments.isFailing()) {
                segments.probe();
            }
        }
        ended = true;
        refuseAllThatWait();
    }

    private void takeBatch(List<Waiting> batch) {
        Waiting next = pollPatiently();
        if (next != null && isBusy) {
            LockSupport.parkNanos(LINGER_NANOS);
        }
        long bytes = 0;
        while (next != null) {
            batch.add(next);
            bytes += Frames.sizeOf(next.row());
            Waiting following = queue.peek();
            next = following != null && bytes + Frames.sizeOf(following.row()) <= BATCH_BYTES ? queue.poll() : null;
        }
        isBusy = batch.size() > 1;
    }

    private @Nullable Waiting pollPatiently() {
        try {
            return queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobodyMeansUs) {
            return queue.poll();
        }
    }

    private void write(List<Waiting> batch) {
        try {
            segments.append(frames(batch), batch.size());
            batch.forEach(waiting -> waiting.written().complete(null));
        } catch (IOException | RuntimeException | OutOfMemoryError failure) {
            // The thread must go on whatever happens: nobody else writes, and callers wait for it.
            room.correct(-sizeOf(batch));
            SpoolException told = new SpoolException("the call log's spool cannot be written", failure);
            batch.forEach(waiting -> waiting.written().completeExceptionally(told));
        }
    }

    private ByteBuffer frames(List<Waiting> batch) {
        int bytes = sizeOf(batch);
        ByteBuffer target = bytes <= BATCH_BYTES ? buffer.clear() : ByteBuffer.allocate(bytes);
        batch.forEach(waiting -> Frames.put(waiting.row(), target));
        return target.flip();
    }

    private static int sizeOf(List<Waiting> batch) {
        return batch.stream().mapToInt(waiting -> Frames.sizeOf(waiting.row())).sum();
    }

    private void refuseAllThatWait() {
        for (Waiting late = queue.poll(); late != null; late = queue.poll()) {
            room.correct(-Frames.sizeOf(late.row()));
            late.written().completeExceptionally(new SpoolException("the call log is closed"));
        }
    }
}
