package dev.onward.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;

/**
 * Stores things in batches, on a thread of its own: all together that came while the commit before was under way, which
 * costs as much as storing one. Thread-safe.
 *
 * @param <A> what is stored
 * @param <R> what became of it
 */
public final class GroupCommit<A, R> {

    private static final Logger LOG = Logger.getLogger(GroupCommit.class);
    private static final int MOST_PER_COMMIT = 500;

    /** A batch is sent to the database in one piece. */
    private static final long MOST_BYTES_PER_COMMIT = 8L * 1024 * 1024;

    private final Commit<A, R> commit;
    private final Bounds<A> bounds;
    private final Supplier<? extends RuntimeException> full;
    private final Queue<Waiting<A, R>> waiting = new ArrayDeque<>();
    private final Thread thread;
    private long waitingBytes;
    private boolean closed;

    /** Stores a batch in one transaction. */
    public interface Commit<A, R> {

        /** Gives what became of each, in their order; all is on disk then, or it throws and nothing is. */
        List<R> store(List<A> batch) throws SQLException;
    }

    /**
     * How much may wait.
     *
     * @param most how many things, at least 1
     * @param mostBytes of them together, or a single larger one
     * @param bytes of one
     */
    public record Bounds<A>(int most, long mostBytes, ToIntFunction<A> bytes) {

        public Bounds {
            if (most < 1) {
                throw new IllegalArgumentException("at least 1 must be able to wait, found " + most);
            }
        }
    }

    private record Waiting<A, R>(A asked, int bytes, CompletableFuture<R> told) {}

    /**
     * A group commit that stores nothing before {@link #begin}.
     *
     * @param name of its thread
     * @param full makes what is thrown when more would wait, or after {@link #close}
     */
    public GroupCommit(String name, Commit<A, R> commit, Bounds<A> bounds, Supplier<? extends RuntimeException> full) {
        this.commit = commit;
        this.bounds = bounds;
        this.full = full;
        this.thread = new Thread(this::store, name);
    }

    public void begin() {
        thread.start();
    }

    /**
     * Stores a thing with the next commit.
     *
     * @return completes on the thread that stores; fails when the database did not take it
     */
    public CompletionStage<R> add(A asked) {
        Waiting<A, R> mine = new Waiting<>(asked, bounds.bytes().applyAsInt(asked), new CompletableFuture<>());
        if (!offer(mine)) {
            throw full.get();
        }
        return mine.told();
    }

    /** Takes nothing more; what waits is stored. */
    public void close(Duration atMost) {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean offer(Waiting<A, R> mine) {
        boolean fits = waiting.isEmpty() || waitingBytes + mine.bytes() <= bounds.mostBytes();
        if (closed || !fits || waiting.size() >= bounds.most()) {
            return false;
        }
        waiting.add(mine);
        waitingBytes += mine.bytes();
        notifyAll();
        return true;
    }

    private void store() {
        try {
            for (List<Waiting<A, R>> batch = next(); !batch.isEmpty(); batch = next()) {
                store(batch);
            }
        } catch (InterruptedException closing) {
            LOG.debug("a group commit was interrupted", closing);
        }
    }

    /** All that waits and fits into a commit, as soon as there is something; nothing at the end. */
    private synchronized List<Waiting<A, R>> next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        List<Waiting<A, R>> batch = new ArrayList<>();
        long bytes = 0;
        while (fitsNext(batch.size(), bytes)) {
            Waiting<A, R> next = waiting.remove();
            batch.add(next);
            bytes += next.bytes();
        }
        waitingBytes -= bytes;
        return batch;
    }

    private boolean fitsNext(int count, long bytes) {
        Waiting<A, R> next = waiting.peek();
        return next != null && count < MOST_PER_COMMIT && (count == 0 || bytes + next.bytes() <= MOST_BYTES_PER_COMMIT);
    }

    private void store(List<Waiting<A, R>> batch) {
        try {
            List<R> told = commit.store(batch.stream().map(Waiting::asked).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).told().complete(told.get(i));
            }
        } catch (SQLException | RuntimeException | Error failure) {
            // The thread must go on whatever happens: nobody else stores, and callers wait for it.
            failed(batch, failure);
        }
    }

    /** One thing that cannot be stored costs no other its place. */
    private void failed(List<Waiting<A, R>> batch, Throwable failure) {
        if (batch.size() == 1 || DatabaseFailure.isUnavailable(failure)) {
            batch.forEach(each -> each.told().completeExceptionally(failure));
        } else {
            batch.forEach(each -> store(List.of(each)));
        }
    }
}
