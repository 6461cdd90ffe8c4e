package dev.onward.dispatch.run;

import dev.onward.action.ActionCatalogue;
import dev.onward.call.CallRecord;
import dev.onward.call.Pacing;
import dev.onward.call.Timer;
import dev.onward.database.DataDirectory;
import dev.onward.dispatch.run.Upkeep.Chore;
import dev.onward.dispatch.store.Claim;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.dispatch.store.Lane;
import dev.onward.dispatch.store.LaneStore;
import dev.onward.dispatch.store.OutcomeStore;
import dev.onward.dispatch.store.QueueStore;
import dev.onward.invocation.Invoker;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Runs the durable calls of the queue in this process, beside any number of others: puts the parts together, and looks
 * after what nobody wakes it for. Thread-safe.
 */
public final class Dispatch {

    private static final Duration DUE = Duration.ofMillis(200);
    private static final Duration DUE_AT_MOST = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration TOO_OLD = Duration.ofSeconds(1);
    private static final Duration AT_MOST = Duration.ofSeconds(2);
    private static final Duration COUNT = Duration.ofSeconds(30);
    private static final Duration FORGOTTEN = Duration.ofSeconds(10);
    private static final int MOST_DUE = 2_000;
    private static final int MOST_TOO_OLD = 200;

    /** Renewals in the time of a lease: two may fail. */
    private static final int RENEWALS = 3;

    private final QueueStore store;
    private final Clock clock;
    private final Worker worker;
    private final Lanes lanes;
    private final Lines lines;
    private final Dispatcher dispatcher;
    private final Upkeep upkeep;
    private final Upkeep leaseUpkeep;
    private volatile boolean stopping;

    /**
     * What it works with.
     *
     * @param queue waiting calls
     * @param lanes which process has a lane to itself
     * @param outcomes ended calls
     * @param rooms what others give
     * @param pauses what is not to be called
     * @param time clock, timer and random source
     */
    public record Parts(
            QueueStore queue, LaneStore lanes, OutcomeStore outcomes, Rooms rooms, Pauses pauses, Time time) {}

    /**
     * What others give.
     *
     * @param catalogue the latest definitions
     * @param invoker the pipeline
     * @param directory where this process leaves its name
     * @param pacing tells whose order must be kept
     */
    public record Rooms(ActionCatalogue catalogue, Invoker invoker, DataDirectory directory, Pacing pacing) {}

    /**
     * What is done beside, now and then.
     *
     * @param count looks how much there is in the queue
     * @param releaseForgotten looks for calls that a pause holds which is over
     * @param forgetOld drops what is kept for replays and is too old
     */
    public record Chores(Runnable count, Runnable releaseForgotten, Runnable forgetOld) {}

    /**
     * Where time and chance come from.
     *
     * @param random thread-safe
     */
    public record Time(Clock clock, Timer timer, RandomGenerator random) {}

    /**
     * A dispatch that does nothing before {@link #begin}.
     *
     * @param chores of its owner
     * @param listener hears what was written
     */
    public Dispatch(Parts parts, DispatchLimits limits, Chores chores, Outcomes.Listener listener) {
        this.store = parts.queue();
        this.clock = parts.time().clock();
        this.lanes = new Lanes(limits);
        this.worker = new Worker(
                parts.queue(),
                parts.rooms().directory(),
                limits.lease(),
                parts.time().timer());
        Horizon horizon = new Horizon(parts.time().random());
        this.lines = new Lines(
                parts.queue(), lanes, parts.pauses(), clock, () -> worker.id().isPresent(), this::wake);
        Runner runner = new Runner(new Runner.Parts(
                parts.rooms().catalogue(), parts.rooms().invoker(), horizon, parts.pauses(), lines, clock));
        Timer timer = parts.time().timer();
        Claims claims = new Claims(
                parts.queue(), new OwnLanes(parts.lanes(), parts.rooms().pacing(), timer));
        this.dispatcher = new Dispatcher(
                new Dispatcher.Parts(claims, runner, lanes, parts.pauses(), timer),
                parts.outcomes(),
                worker,
                new Counting(parts.rooms().invoker(), listener));
        this.upkeep = new Upkeep(
                "onward-dispatch-upkeep",
                List.of(
                        new Chore("take over the calls of dead processes", LOOK, this::takeOver),
                        new Chore("see which calls are due", DUE, DUE_AT_MOST, this::releaseDue),
                        new Chore("see which lanes have calls", LOOK, AT_MOST, this::readyAll),
                        new Chore("end durable calls that are too old", TOO_OLD, AT_MOST, this::endTooOld),
                        new Chore("release the calls of ended pauses", FORGOTTEN, chores.releaseForgotten()::run),
                        new Chore("forget what old calls asked for", FORGOTTEN, chores.forgetOld()::run),
                        new Chore("count the queue", COUNT, chores.count()::run)));
        this.leaseUpkeep = new Upkeep(
                "onward-dispatch-lease",
                List.of(new Chore("renew the lease", limits.lease().dividedBy(RENEWALS), worker::renew)));
    }

    /** Takes over what this process left when it ended last, and begins. Blocking. */
    public void begin() {
        worker.begin();
        leaseUpkeep.begin();
        upkeep.begin();
        lines.begin();
        dispatcher.begin();
    }

    /** A call of the lane was just stored. */
    public void accepted(Lane lane) {
        lanes.ready(lane);
        dispatcher.wake();
    }

    /** Something that was held back may go. */
    public void wake() {
        dispatcher.wake();
    }

    /** How many calls run in this process. */
    public int inFlight() {
        return lanes.inFlight();
    }

    /** Begins no more calls. */
    public void stop() {
        stopping = true;
        dispatcher.stop();
    }

    /** Waits for the calls under way, and gives back what does not end in time. Blocking. */
    public void close(Duration calls, Duration writing) {
        stop();
        upkeep.close();
        dispatcher.close(calls, writing);
        lines.close(writing);
        leaseUpkeep.close();
        worker.end();
    }

    private void takeOver() {
        if (worker.mayTakeOver() && store.takeOver() > 0) {
            readyAll();
        }
    }

    /** Whether any call was due. */
    private boolean releaseDue() {
        boolean anyDue = !stopping && store.releaseDue(clock.instant(), MOST_DUE) > 0;
        if (anyDue) {
            readyAll();
        }
        return anyDue;
    }

    /** Whether any lane has calls. */
    private boolean readyAll() {
        List<Lane> found = store.lanes();
        if (!found.isEmpty()) {
            lanes.ready(found);
            dispatcher.wake();
        }
        return !found.isEmpty();
    }

    /** Whether there were any. */
    private boolean endTooOld() throws SQLException {
        Optional<UUID> id = worker.id();
        return id.isPresent() && !stopping && dispatcher.endTooOld(id.get(), clock.instant(), MOST_TOO_OLD);
    }

    /** Counts every end among those of all calls. */
    private record Counting(Invoker invoker, Outcomes.Listener listener) implements Outcomes.Listener {

        @Override
        public void ended(Claim claim, CallRecord record) {
            invoker.recorded(record);
            listener.ended(claim, record);
        }

        @Override
        public void calledBack(List<DurableCall> callbacks) {
            listener.calledBack(callbacks);
        }

        @Override
        public void putBack(Claim claim) {
            listener.putBack(claim);
        }

        @Override
        public void tooLate(Claim claim) {
            listener.tooLate(claim);
        }
    }
}
