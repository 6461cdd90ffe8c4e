package dev.onward.dispatch.run;

import dev.onward.call.CallRecord;
import dev.onward.calllog.spool.RowSink.RowsRefusedException;
import dev.onward.database.DatabaseFailure;
import dev.onward.dispatch.store.Claim;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.dispatch.store.OutcomeStore;
import dev.onward.dispatch.store.OutcomeStore.Again;
import dev.onward.dispatch.store.OutcomeStore.Ended;
import dev.onward.dispatch.store.OutcomeStore.Written;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Writes results in batches, on a thread of its own: all that came while the last commit was under way. It goes on trying
 * while the database is away; the calls count as running meanwhile, which bounds how many results there are. Thread-safe.
 */
public final class Outcomes {

    private static final Logger LOG = Logger.getLogger(Outcomes.class);
    private static final int MOST = 500;
    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(200);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final OutcomeStore store;
    private final Listener listener;
    private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::write, "onward-dispatch-outcomes");
    private volatile boolean closing;

    /** Hears, on the writer's thread, what was written. It must not block. */
    public interface Listener {

        /** The log has the call now. */
        void ended(Claim claim, CallRecord record);

        /** The queue has calls that tell ends. */
        void calledBack(List<DurableCall> callbacks);

        /** The call waits again. */
        void putBack(Claim claim);

        /** Another claim had taken the call over: its result is not kept. */
        void tooLate(Claim claim);
    }

    Outcomes(OutcomeStore store, Listener listener) {
        this.store = store;
        this.listener = listener;
    }

    void begin() {
        thread.start();
    }

    void add(Result result) {
        results.add(result);
    }

    /** Returns when all is written that was added, or when that takes too long. */
    void close(Duration atMost) {
        closing = true;
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void write() {
        try {
            while (!closing || !results.isEmpty()) {
                Result first = results.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Result> batch = new ArrayList<>();
                    batch.add(first);
                    results.drainTo(batch, MOST - 1);
                    writeAtLast(batch);
                }
            }
        } catch (InterruptedException closed) {
            LOG.debug("results that were not written are those of calls that another process repeats", closed);
        }
    }

    private void writeAtLast(List<Result> batch) throws InterruptedException {
        boolean told = false;
        while (true) {
            try {
                write(batch);
                return;
            } catch (SQLException | RuntimeException failure) {
                if (!DatabaseFailure.isUnavailable(failure)) {
                    writeOneByOne(batch, failure);
                    return;
                }
                if (!told) {
                    LOG.warnf("%d results of durable calls wait for the database: %s", batch.size(), failure);
                    told = true;
                }
                TimeUnit.MILLISECONDS.sleep(BEFORE_NEXT_TRY.toMillis());
            }
        }
    }

    /** One result that cannot be written costs no other its place. */
    private void writeOneByOne(List<Result> batch, Exception failure) throws InterruptedException {
        if (batch.size() > 1) {
            for (Result each : batch) {
                writeAtLast(List.of(each));
            }
            return;
        }
        LOG.errorf(failure, "the result of a durable call cannot be written, it is tried again");
        TimeUnit.MILLISECONDS.sleep(BEFORE_NEXT_TRY.toMillis());
        Result result = batch.get(0);
        results.add(failure instanceof RowsRefusedException ? result.bare() : result);
    }

    private void write(List<Result> batch) throws SQLException {
        List<Ended> ended = new ArrayList<>();
        List<Again> again = new ArrayList<>();
        batch.forEach(result -> result.into(ended, again));
        Written written = store.write(ended, again);
        ended.forEach(each -> tell(each, written));
        again.forEach(each -> tell(each, written));
        if (!written.callbacks().isEmpty()) {
            listener.calledBack(written.callbacks());
        }
    }

    private void tell(Ended each, Written written) {
        if (written.ended().contains(each.claim().id())) {
            listener.ended(each.claim(), each.record());
        } else {
            listener.tooLate(each.claim());
        }
    }

    private void tell(Again each, Written written) {
        Claim.Id id = each.claim().id();
        if (written.putBack().contains(id)) {
            listener.putBack(each.claim());
        } else if (written.doomed().contains(id)) {
            results.add(new Result.End(new Ended(each.claim(), each.otherwise())));
        } else {
            listener.tooLate(each.claim());
        }
    }
}
