package dev.onward.dispatch.run;

import dev.onward.call.CallRecord;
import dev.onward.call.Timer;
import dev.onward.dispatch.store.Claim;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.dispatch.store.Lane;
import dev.onward.dispatch.store.OutcomeStore;
import dev.onward.dispatch.store.QueueStore.Want;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Claims calls as fast as they can be run, on a thread of its own: all that came while the last claim was under way.
 * Thread-safe.
 */
final class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final int MOST_PER_CLAIM = 256;

    /** Rendering and the hand-over to the network. */
    private static final int RUNNERS = Math.max(2, Runtime.getRuntime().availableProcessors());

    /** A wake-up that went astray costs no more than this. */
    private static final Duration LONGEST_REST = Duration.ofMillis(500);

    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Claims claims;
    private final Worker worker;
    private final Runner runner;
    private final Lanes lanes;
    private final Pauses pauses;
    private final Timer timer;
    private final Outcomes outcomes;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread = new Thread(this::claim, "onward-dispatch-claims");
    private final List<ExecutorService> runners = IntStream.range(0, RUNNERS)
            .mapToObj(number ->
                    Executors.newSingleThreadExecutor(task -> new Thread(task, "onward-dispatch-run-" + number)))
            .toList();
    private volatile boolean stopping;

    /** What it works with. */
    record Parts(Claims claims, Runner runner, Lanes lanes, Pauses pauses, Timer timer) {}

    Dispatcher(Parts parts, OutcomeStore outcomes, Worker worker, Outcomes.Listener watcher) {
        this.claims = parts.claims();
        this.worker = worker;
        this.runner = parts.runner();
        this.lanes = parts.lanes();
        this.pauses = parts.pauses();
        this.timer = parts.timer();
        this.outcomes = new Outcomes(outcomes, new Freeing(watcher));
    }

    void begin() {
        outcomes.begin();
        thread.start();
    }

    /** There may be something to claim. */
    void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** Claims nothing more. */
    void stop() {
        stopping = true;
        wake();
    }

    /** Waits until what is under way has ended and is written; what takes longer is left to others. */
    void close(Duration calls, Duration writing) {
        stop();
        try {
            thread.join(calls.toMillis());
            long end = timer.nanoTime() + calls.toNanos();
            while (lanes.inFlight() > 0 && end - timer.nanoTime() > 0) {
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        outcomes.close(writing);
        runners.forEach(ExecutorService::shutdownNow);
    }

    /** Claims calls that are too old, regardless of turns, and runs them; whether there were any. Blocking. */
    boolean endTooOld(UUID worker, Instant now, int most) throws SQLException {
        List<Claim> taken = claims.takeTooOld(worker, now, most);
        runRegardless(taken);
        return !taken.isEmpty();
    }

    private void runRegardless(List<Claim> taken) {
        taken.forEach(claim -> lanes.claimed(claim.call().lane()));
        taken.forEach(this::run);
    }

    private void claim() {
        try {
            while (!stopping) {
                if (!claimOnce()) {
                    boolean woken = wakeUps.tryAcquire(LONGEST_REST.toMillis(), TimeUnit.MILLISECONDS);
                    LOG.tracef("woken: %s", woken);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** False when there was nothing to do. */
    private boolean claimOnce() throws InterruptedException {
        Optional<UUID> id = worker.id();
        return id.isPresent() && goOnUnanswered(id.get()) && claimOnce(id.get());
    }

    /** False when the database does not tell what was claimed without an answer: it comes before anything else. */
    private boolean goOnUnanswered(UUID id) throws InterruptedException {
        try {
            runRegardless(claims.unanswered(id));
            return true;
        } catch (SQLException | RuntimeException unavailable) {
            refused(List.of(), unavailable);
            return false;
        }
    }

    private boolean claimOnce(UUID id) throws InterruptedException {
        List<Want> wants = lanes.next(MOST_PER_CLAIM, timer.nanoTime(), pauses::isPaused);
        if (wants.isEmpty()) {
            return false;
        }
        try {
            List<Claim> taken = claims.take(id, wants);
            Map<Lane, Integer> given = new HashMap<>();
            taken.forEach(claim -> given.merge(claim.call().lane(), 1, Integer::sum));
            wants.forEach(want -> lanes.claimed(want, given.getOrDefault(want.lane(), 0)));
            taken.forEach(this::run);
        } catch (SQLException | RuntimeException unavailable) {
            refused(wants, unavailable);
        }
        return true;
    }

    private void refused(List<Want> wants, Exception unavailable) throws InterruptedException {
        LOG.warnf("no durable calls can be claimed now: %s", unavailable);
        wants.forEach(want -> lanes.ready(want.lane()));
        TimeUnit.MILLISECONDS.sleep(AFTER_FAILURE.toMillis());
    }

    /** Calls of one lane go through one thread, so that they keep their order. */
    private void run(Claim claim) {
        int number = Math.floorMod(claim.call().lane().hashCode(), RUNNERS);
        runners.get(number).execute(() -> runner.run(claim).thenAccept(this::ended));
    }

    private void ended(Result result) {
        Lane lane = result.claim().call().lane();
        if (result.laneWaits().isPresent()) {
            lanes.hold(lane, timer.nanoTime() + result.laneWaits().get().toNanos());
        } else if (result.wasSent()) {
            lanes.letThrough(lane);
        }
        outcomes.add(result);
    }

    /** Makes room for the next call, then tells who watches. */
    private final class Freeing implements Outcomes.Listener {

        private final Outcomes.Listener watcher;

        private Freeing(Outcomes.Listener watcher) {
            this.watcher = watcher;
        }

        @Override
        public void ended(Claim claim, CallRecord record) {
            free(claim);
            watcher.ended(claim, record);
        }

        @Override
        public void calledBack(List<DurableCall> callbacks) {
            watcher.calledBack(callbacks);
        }

        @Override
        public void putBack(Claim claim) {
            free(claim);
            watcher.putBack(claim);
        }

        @Override
        public void tooLate(Claim claim) {
            free(claim);
            watcher.tooLate(claim);
        }

        private void free(Claim claim) {
            claims.ended(claim);
            lanes.ended(claim.call().lane());
            wake();
        }
    }
}
