package dev.onward.dispatch;

import dev.onward.database.GroupCommit;
import dev.onward.dispatch.store.AcceptStore;
import dev.onward.dispatch.store.AcceptStore.Asked;
import dev.onward.dispatch.store.AcceptStore.Told;
import dev.onward.invocation.OverloadedException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Stores accepted calls by group commit. Thread-safe. */
final class AcceptQueue {

    private static final long MOST_BYTES = 32L * 1024 * 1024;

    private final GroupCommit<Asked, Told> commits;

    /** @param most how many calls may wait for a commit */
    AcceptQueue(AcceptStore store, Clock clock, int most) {
        this.commits = new GroupCommit<>(
                "onward-dispatch-accepts",
                batch -> store.accept(batch, clock.instant()),
                new GroupCommit.Bounds<>(most, MOST_BYTES, asked -> asked.call().bytes()),
                AcceptQueue::full);
    }

    void begin() {
        commits.begin();
    }

    /**
     * Stores a call with the next commit.
     *
     * @return completes on the thread that stores; fails when the database did not take it
     * @throws OverloadedException when too many wait, or the process stops
     */
    CompletionStage<Told> add(Asked asked) {
        return commits.add(asked);
    }

    /** Accepts nothing more; what waits is stored. */
    void close(Duration atMost) {
        commits.close(atMost);
    }

    private static OverloadedException full() {
        return new OverloadedException(
                "too many calls wait to be stored, or this Onward is stopping; try again in a moment");
    }
}
