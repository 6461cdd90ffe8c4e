package dev.onward.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Commit<A, R> commit;
    private final Supplier<? extends RuntimeException> full;
    private final BlockingQueue<Waiting<A, R>> waiting;
    private final Thread thread;
    private boolean closed;

    /** Stores a batch in one transaction. */
    public interface Commit<A, R> {

        /** Gives what became of each, in their order; all is on disk then, or it throws and nothing is. */
        List<R> store(List<A> batch) throws SQLException;
    }

    private record Waiting<A, R>(A asked, CompletableFuture<R> told) {}

    /**
     * A group commit that stores nothing before {@link #begin}.
     *
     * @param name of its thread
     * @param most how many may wait
     * @param full makes what is thrown when more would wait, or after {@link #close}
     */
    public GroupCommit(String name, Commit<A, R> commit, int most, Supplier<? extends RuntimeException> full) {
        this.commit = commit;
        this.full = full;
        this.waiting = new LinkedBlockingQueue<>(most);
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
        Waiting<A, R> mine = new Waiting<>(asked, new CompletableFuture<>());
        if (!offer(mine)) {
            throw full.get();
        }
        return mine.told();
    }

    /** Takes nothing more; what waits is stored. */
    public void close(Duration atMost) {
        synchronized (this) {
            closed = true;
        }
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean offer(Waiting<A, R> mine) {
        return !closed && waiting.offer(mine);
    }

    private synchronized boolean isAtItsEnd() {
        return closed && waiting.isEmpty();
    }

    private void store() {
        try {
            while (!isAtItsEnd()) {
                Waiting<A, R> first = waiting.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Waiting<A, R>> batch = new ArrayList<>();
                    batch.add(first);
                    waiting.drainTo(batch, MOST_PER_COMMIT - 1);
                    store(batch);
                }
            }
        } catch (InterruptedException closing) {
            LOG.debug("a group commit was interrupted", closing);
        }
    }

    private void store(List<Waiting<A, R>> batch) {
        try {
            List<R> told = commit.store(batch.stream().map(Waiting::asked).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).told().complete(told.get(i));
            }
        } catch (SQLException | RuntimeException failure) {
            failed(batch, failure);
        }
    }

    /** One thing that cannot be stored costs no other its place. */
    private void failed(List<Waiting<A, R>> batch, Exception failure) {
        if (batch.size() == 1 || DatabaseFailure.isUnavailable(failure)) {
            batch.forEach(each -> each.told().completeExceptionally(failure));
        } else {
            batch.forEach(each -> store(List.of(each)));
        }
    }
}
