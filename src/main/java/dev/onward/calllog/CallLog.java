package dev.onward.calllog;

import dev.onward.call.CallRecord;
import dev.onward.call.CallRecorder;
import dev.onward.calllog.spool.RejectedRows;
import dev.onward.calllog.spool.Spool;
import dev.onward.calllog.spool.SpoolDirectory;
import dev.onward.calllog.spool.SpoolDrain;
import dev.onward.calllog.table.CallRow;
import dev.onward.calllog.table.CallTable;
import dev.onward.calllog.table.EndedCall;
import dev.onward.calllog.table.Retention;
import dev.onward.calllog.table.RowBuffers;
import dev.onward.database.DataDirectory;
import dev.onward.database.Database;
import dev.onward.sandbox.Sandbox;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * The log that every invocation ends in: from the spool, which outlives this process, into PostgreSQL, within a moment
 * or, while calls end very fast, after some seconds.
 *
 * <p>Thread-safe. {@link #reserve} and recording never wait.
 */
@ApplicationScoped
public class CallLog implements CallRecorder {

    /** The priority of the observers that start and end the log: after the database opens, before it closes. */
    public static final int PRIORITY = 1_000;

    private static final Logger LOG = Logger.getLogger(CallLog.class);

    private static final long MIN_SPOOL_BYTES = 1024 * 1024;
    private static final Duration DRAIN_INTERVAL = Duration.ofMillis(200);
    private static final Duration RETENTION_INTERVAL = Duration.ofHours(1);

    /** Several times what it takes to drain a spool that is not filling. */
    private static final Duration LONGEST_READER_WAIT = Duration.ofSeconds(10);

    private static final Duration LONGEST_ERASURE_WAIT = Duration.ofSeconds(20);

    /** The longest window: a call whose client has gone is waited for by nobody else. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

    private static final Duration LONGEST_LAST_DRAIN = Duration.ofSeconds(20);
    private static final Duration LONGEST_LAST_ROUND = Duration.ofSeconds(5);

    private final SpoolDirectory directory;
    private final Spool spool;
    private final RejectedRows rejected;
    private final CallTable table;
    private final SpoolDrain drain;
    private final RowBuffers rowBuffers = new RowBuffers();
    private final Retention retention;
    private final ScheduledExecutorService hourly;

    /** Opens the spool; nothing is drained before {@link #start}. */
    public CallLog(Database database, DataDirectory data, CallLogConfig config, Clock clock, MeterRegistry meters) {
        this.directory = SpoolDirectory.open(data.subdirectory("spool"));
        this.spool = new Spool(directory, spoolBytes(config), clock);
        this.rejected = new RejectedRows(directory.rejected());
        this.table = new CallTable(database.jdbi());
        this.drain = new SpoolDrain(spool, table, rejected, DRAIN_INTERVAL);
        this.retention = new Retention(
                database.jdbi(), rejected, config.retention().orElse(CallLogConfig.DEFAULT_RETENTION), clock);
        this.hourly = Executors.newSingleThreadScheduledExecutor(CallLog::retentionThread);
        measure(meters, spool, drain, clock);
    }

    @Override
    public Optional<Reservation> reserve() {
        return spool.reserve().<Reservation>map(PlaceInSpool::new);
    }

    /**
     * Stores records in the transaction of the handle: with the caller's own changes, or not at all. For calls that are
     * stored from their acceptance on and need no spool. Blocking.
     *
     * @throws dev.onward.calllog.spool.RowSink.RowsRefusedException when PostgreSQL does not take one of them; the
     *     transaction must be rolled back
     */
    public void storeIn(Handle handle, List<EndedCall> calls) {
        table.storeIn(
                handle, calls.stream().map(call -> CallRow.of(call, rowBuffers)).toList());
    }

    /**
     * Waits until whatever was recorded before, here or by the process that had this data directory before, can be read
     * from PostgreSQL.
     *
     * @return false when that took longer than {@code atMost}
     */
    public boolean awaitDrained(Duration atMost) {
        return drain.await(atMost);
    }

    /** Waits as {@link #awaitDrained}, for ten seconds at most: after that the reader sees what is there. */
    public void awaitForReader() {
        var unused = awaitDrained(LONGEST_READER_WAIT);
    }

    /** Whether all that an earlier process left has reached PostgreSQL: the service is not ready before. */
    public boolean hasCaughtUp() {
        return drain.hasCaughtUp();
    }

    /**
     * Erases a profile from all calls that began before now: its id, the messages, the path. Blocking; repeatable.
     *
     * @throws CallLogUnavailableException when the calls that are already recorded do not reach PostgreSQL in time;
     *     nothing is erased then
     */
    public void erase(Sandbox sandbox, String profileId) {
        if (!awaitDrained(LONGEST_ERASURE_WAIT)) {
            throw new CallLogUnavailableException(
                    "the log still holds calls that have not reached the database, so the profile cannot be erased now;"
                            + " try again later");
        }
        rejected.deleteIf(row -> CallRow.isOf(row, sandbox, profileId));
        table.erase(sandbox, profileId);
    }

    void start(@Observes @Priority(PRIORITY) StartupEvent event) {
        start();
    }

    void end(@Observes @Priority(PRIORITY) ShutdownEvent event) {
        end();
    }

    void start() {
        var unused =
                hourly.scheduleWithFixedDelay(retention::run, 0, RETENTION_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        drain.start();
    }

    void end() {
        hourly.shutdown();
        if (!spool.awaitPlaces(LONGEST_CALL)) {
            LOG.warn("some calls under way did not end in time; they are not in the log");
        }
        spool.close();
        drain.close(LONGEST_LAST_DRAIN);
        if (spool.usedBytes() > 0) {
            LOG.infof("%d bytes of the call log stay in the spool for the next start", spool.usedBytes());
        }
        awaitLastRound();
        directory.close();
    }

    /** A round of the retention that is under way needs the database, which closes next. */
    private void awaitLastRound() {
        try {
            if (!hourly.awaitTermination(LONGEST_LAST_ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("the log's retention is cut short, it goes on at the next start");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private static long spoolBytes(CallLogConfig config) {
        long bytes = config.spoolMaxBytes().orElse(CallLogConfig.DEFAULT_SPOOL_MAX_BYTES);
        if (bytes < MIN_SPOOL_BYTES) {
            throw new IllegalArgumentException(
                    "onward.calllog.spool-max-bytes must be at least " + MIN_SPOOL_BYTES + ", was " + bytes);
        }
        return bytes;
    }

    private static Thread retentionThread(Runnable task) {
        Thread thread = new Thread(task, "call-log-retention");
        thread.setDaemon(true);
        return thread;
    }

    private static void measure(MeterRegistry meters, Spool spool, SpoolDrain drain, Clock clock) {
        Gauge.builder("onward.calllog.lag", spool, held -> lagSeconds(held, clock))
                .baseUnit("seconds")
                .description("Age of the oldest call record that the database does not have yet")
                .register(meters);
        Gauge.builder("onward.calllog.spool", spool, Spool::usedBytes)
                .baseUnit("bytes")
                .description("Bytes of call records that wait for the database or are promised room")
                .register(meters);
        FunctionCounter.builder("onward.calllog.drained", drain, SpoolDrain::drainedRows)
                .description("Call records that the database took")
                .register(meters);
        FunctionCounter.builder("onward.calllog.rejected", drain, SpoolDrain::rejectedRows)
                .description("Call records that the database refused; they are parked in the spool's folder 'rejected'")
                .register(meters);
    }

    private static double lagSeconds(Spool spool, Clock clock) {
        long millis = spool.oldest()
                .map(oldest -> Duration.between(oldest, clock.instant()).toMillis())
                .orElse(0L);
        return Math.max(0, millis) / 1_000.0;
    }

    private final class PlaceInSpool implements Reservation {

        private final Spool.Place place;

        private PlaceInSpool(Spool.Place place) {
            this.place = place;
        }

        @Override
        public CompletionStage<Void> record(CallRecord record) {
            return place.append(() -> CallRow.of(record, rowBuffers));
        }

        @Override
        public void release() {
            place.release();
        }
    }
}
