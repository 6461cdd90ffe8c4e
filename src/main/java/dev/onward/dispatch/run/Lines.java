package dev.onward.dispatch.run;

import dev.onward.call.Line;
import dev.onward.call.LinePausedException;
import dev.onward.database.GroupCommit;
import dev.onward.dispatch.store.Claim;
import dev.onward.dispatch.store.Lane;
import dev.onward.dispatch.store.LeaseLostException;
import dev.onward.dispatch.store.QueueStore;
import dev.onward.invocation.OverloadedException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** How claimed calls stand in line with others, and how it is stored that they are about to be sent. Thread-safe. */
final class Lines {

    private static final int MOST = 100_000;

    /** After that the database is asked before a call is sent: meanwhile its person may be erased. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Lanes lanes;
    private final Pauses pauses;
    private final Clock clock;
    private final BooleanSupplier lease;
    private final Runnable wake;
    private final GroupCommit<Claim.Id, Boolean> intents;

    /**
     * Lines without calls.
     *
     * @param lease whether this process holds its lease: else others may have taken the call over, and the database is
     *     asked before it is sent
     * @param wake runs when a lane may have more calls under way
     */
    Lines(QueueStore store, Lanes lanes, Pauses pauses, Clock clock, BooleanSupplier lease, Runnable wake) {
        this.lease = lease;
        this.lanes = lanes;
        this.pauses = pauses;
        this.clock = clock;
        this.wake = wake;
        this.intents = new GroupCommit<>(
                "onward-dispatch-intents",
                batch -> told(store, batch),
                new GroupCommit.Bounds<>(MOST, MOST, id -> 1),
                Lines::closed);
    }

    void begin() {
        intents.begin();
    }

    void close(Duration atMost) {
        intents.close(atMost);
    }

    /**
     * The line of a call.
     *
     * @param once whether it may be sent at most once: then it is stored first that it is
     */
    Line of(Claim claim, boolean once) {
        return new QueueLine(claim, once);
    }

    private CompletionStage<?> intended(Claim claim) {
        try {
            return intents.add(claim.id()).thenAccept(Lines::require);
        } catch (OverloadedException closing) {
            return CompletableFuture.failedStage(closing);
        }
    }

    private static List<Boolean> told(QueueStore store, List<Claim.Id> batch) throws SQLException {
        Set<Claim.Id> begun = store.tellBegun(batch);
        return batch.stream().map(begun::contains).toList();
    }

    private static void require(boolean begun) {
        if (!begun) {
            throw new LeaseLostException();
        }
    }

    private static OverloadedException closed() {
        return new OverloadedException("this Onward is stopping, or too many calls are about to be sent");
    }

    private final class QueueLine implements Line {

        private final Claim claim;
        private final boolean once;
        private volatile boolean waitedLong;

        private QueueLine(Claim claim, boolean once) {
            this.claim = claim;
            this.once = once;
        }

        @Override
        public String lane() {
            return claim.call().lane().journey();
        }

        /** In its place: put back, it would come again behind younger ones that went on waiting. */
        @Override
        public Optional<Duration> patience() {
            return Optional.of(Duration.between(clock.instant(), claim.call().deadline()));
        }

        @Override
        public void admitted(Duration waited) {
            waitedLong = waited.compareTo(LONG) > 0;
            if (lanes.admitted(claim.call().lane(), waited)) {
                wake.run();
            }
        }

        @Override
        public Optional<CompletionStage<?>> intent() {
            Lane lane = claim.call().lane();
            if (pauses.isPaused(lane.sandbox(), lane.action()) || pauses.isPaused(lane.host())) {
                return Optional.of(CompletableFuture.failedStage(new LinePausedException()));
            }
            return once || waitedLong || !lease.getAsBoolean() ? Optional.of(intended(claim)) : Optional.empty();
        }
    }
}
