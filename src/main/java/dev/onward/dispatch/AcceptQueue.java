package dev.onward.dispatch;

import dev.onward.database.DatabaseFailure;
import dev.onward.dispatch.store.AcceptStore;
import dev.onward.dispatch.store.AcceptStore.Asked;
import dev.onward.dispatch.store.AcceptStore.Told;
import dev.onward.invocation.OverloadedException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Group commit: a thread of its own stores all calls together that came while the commit before was under way. Thread-safe.
 */
final class AcceptQueue {

    private static final Logger LOG = Logger.getLogger(AcceptQueue.class);
    private static final int MOST_PER_COMMIT = 500;
    private static final Duration LOOK = Duration.ofMillis(500);

    private final AcceptStore store;
    private final Clock clock;
    private final BlockingQueue<Waiting> waiting;
    private final Thread thread = new Thread(this::store, "onward-dispatch-accepts");
    private boolean closed;

    private record Waiting(Asked asked, CompletableFuture<Told> told) {}

    /** @param most how many calls may wait for a commit */
    AcceptQueue(AcceptStore store, Clock clock, int most) {
        this.store = store;
        this.clock = clock;
        this.waiting = new LinkedBlockingQueue<>(most);
    }

    void begin() {
        thread.start();
    }

    /**
     * Stores a call with the next commit.
     *
     * @return completes on the thread that stores; fails when the database did not take it
     * @throws OverloadedException when too many wait, or the process stops
     */
    CompletionStage<Told> add(Asked asked) {
        Waiting mine = new Waiting(asked, new CompletableFuture<>());
        if (!offer(mine)) {
            throw new OverloadedException(
                    "too many calls wait to be stored, or this Onward is stopping; try again in a moment");
        }
        return mine.told();
    }

    /** Accepts nothing more; what waits is stored. */
    void close(Duration atMost) {
        synchronized (this) {
            closed = true;
        }
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean offer(Waiting mine) {
        return !closed && waiting.offer(mine);
    }

    private synchronized boolean isAtItsEnd() {
        return closed && waiting.isEmpty();
    }

    private void store() {
        try {
            while (!isAtItsEnd()) {
                Waiting first = waiting.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Waiting> batch = new ArrayList<>();
                    batch.add(first);
                    waiting.drainTo(batch, MOST_PER_COMMIT - 1);
                    store(batch);
                }
            }
        } catch (InterruptedException closing) {
            LOG.debug("the accept queue was interrupted", closing);
        }
    }

    private void store(List<Waiting> batch) {
        try {
            List<Told> told = store.accept(batch.stream().map(Waiting::asked).toList(), clock.instant());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).told().complete(told.get(i));
            }
        } catch (SQLException | RuntimeException failure) {
            failed(batch, failure);
        }
    }

    /** One call that cannot be stored costs no other its acceptance. */
    private void failed(List<Waiting> batch, Exception failure) {
        if (batch.size() == 1 || DatabaseFailure.isUnavailable(failure)) {
            batch.forEach(each -> each.told().completeExceptionally(failure));
        } else {
            batch.forEach(each -> store(List.of(each)));
        }
    }
}
