package dev.onward.calllog.spool;

import dev.onward.calllog.spool.RowSink.RowsRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Moves rows from the spool to the sink: one thread, segment by segment, in the order they came. A segment is removed
 * when the sink has all of its rows, so that a row reaches the sink at least once, and stays in it once.
 *
 * <p>Thread-safe.
 */
public final class SpoolDrain {

    private static final Logger LOG = Logger.getLogger(SpoolDrain.class);

    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(5);

    /** Between two rounds while somebody waits for rows that the spool is just writing. */
    private static final Duration IN_A_HURRY = Duration.ofMillis(1);

    private final Spool spool;
    private final RowSink sink;
    private final RejectedRows rejected;
    private final Duration interval;
    private final Predicate<Duration> leisure;
    private final Thread thread = new Thread(this::run, "call-log-drain");
    private final AtomicLong drainedRows = new AtomicLong();
    private final AtomicLong rejectedRows = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Duration backOff = Duration.ZERO;
    private long settledRows = -1;
    private long wantedRows = -1;
    private boolean closing;
    private boolean ended;

    /** @param interval between two rounds while rows come slowly; while they come fast it is up to ten seconds */
    public SpoolDrain(Spool spool, RowSink sink, RejectedRows rejected, Duration interval) {
        this(spool, sink, rejected, interval, new Leisure(spool::accepted, spool::isFilling));
    }

    /** @param leisure told how long rows wait, whether another interval may pass; asked by the drain's thread */
    SpoolDrain(Spool spool, RowSink sink, RejectedRows rejected, Duration interval, Predicate<Duration> leisure) {
        this.spool = spool;
        this.sink = sink;
        this.rejected = rejected;
        this.interval = interval;
        this.leisure = leisure;
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether all that an earlier process left has been drained. */
    public boolean hasCaughtUp() {
        lock.lock();
        try {
            return settledRows >= 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the sink has every row that was handed to the spool before.
     *
     * @return false when that took longer than {@code atMost}
     */
    public boolean await(Duration atMost) {
        long target = spool.accepted();
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            if (settledRows < target) {
                wantedRows = Math.max(wantedRows, target);
                changed.signalAll();
            }
            while (settledRows < target && nanos > 0 && !ended) {
                nanos = changed.awaitNanos(nanos);
            }
            return settledRows >= target;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** How many rows the sink took since the start. */
    public long drainedRows() {
        return drainedRows.get();
    }

    /** How many rows the sink refused for their content since the start. */
    public long rejectedRows() {
        return rejectedRows.get();
    }

    /**
     * Tries once more to drain everything, then ends. What is left stays in the spool for the next start.
     *
     * @param atMost after it the end is not awaited any longer
     */
    public void close(Duration atMost) {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Uninterruptibly.join(thread, atMost);
    }

    private void run() {
        boolean last;
        do {
            last = isClosing();
            boolean succeeded = round();
            rest(succeeded);
        } while (!last);
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    private boolean round() {
        try {
            Spool.Sealed sealed = spool.seal();
            sealed.segments().forEach(this::drain);
            settle(sealed.settled());
            return true;
        } catch (RuntimeException | OutOfMemoryError failure) {
            if (backOff.isZero()) {
                LOG.error("The call log cannot be drained; its rows wait in the spool and are tried again", failure);
            }
            return false;
        }
    }

    private void settle(long rows) {
        lock.lock();
        try {
            settledRows = rows;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void rest(boolean succeeded) {
        lock.lock();
        try {
            if (succeeded && !backOff.isZero()) {
                LOG.info("The call log is drained again");
            }
            backOff = succeeded ? Duration.ZERO : longer(backOff);
            long known = wantedRows;
            if (!succeeded) {
                pause(backOff, () -> true);
            } else if (known > settledRows) {
                pause(IN_A_HURRY, () -> wantedRows == known);
            } else {
                rest(() -> wantedRows == known);
            }
        } catch (InterruptedException nobodyMeansUs) {
            LOG.debug("The drain of the call log was interrupted and goes on");
        } finally {
            lock.unlock();
        }
    }

    /** Rests for an interval, and for more of them as leisure permits. */
    private void rest(BooleanSupplier isUnasked) throws InterruptedException {
        long start = System.nanoTime();
        do {
            pause(interval, isUnasked);
        } while (!closing && isUnasked.getAsBoolean() && leisure.test(Duration.ofNanos(System.nanoTime() - start)));
    }

    private void pause(Duration pause, BooleanSupplier goesOn) throws InterruptedException {
        long nanos = pause.toNanos();
        while (nanos > 0 && !closing && goesOn.getAsBoolean()) {
            nanos = changed.awaitNanos(nanos);
        }
    }

    private static Duration longer(Duration backOff) {
        Duration doubled = backOff.isZero() ? FIRST_BACK_OFF : backOff.multipliedBy(2);
        return doubled.compareTo(MAX_BACK_OFF) < 0 ? doubled : MAX_BACK_OFF;
    }

    private void drain(Segment segment) {
        try {
            store(segment.rows());
            spool.remove(segment);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Stores rows; when one of them is refused, halves them until only the refused ones are left out. */
    private void store(List<byte[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try {
            sink.store(rows);
            drainedRows.addAndGet(rows.size());
        } catch (RowsRefusedException refused) {
            if (rows.size() == 1) {
                park(rows.get(0), refused);
            } else {
                int half = rows.size() / 2;
                store(rows.subList(0, half));
                store(rows.subList(half, rows.size()));
            }
        }
    }

    private void park(byte[] row, RowsRefusedException refused) {
        String name = rejected.park(row, String.valueOf(refused.getMessage()));
        rejectedRows.incrementAndGet();
        LOG.errorf("A row of the call log was refused and parked: %s", name);
    }
}
