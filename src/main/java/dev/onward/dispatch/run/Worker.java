package dev.onward.dispatch.run;

import dev.onward.call.Timer;
import dev.onward.database.DataDirectory;
import dev.onward.dispatch.store.QueueStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * This process as others see it: a name and a lease. When the lease was taken away, it begins anew under another name. The
 * name stands in the data directory, so that the next process there need not wait for the lease of a dead one. Thread-safe;
 * {@link #renew} blocks and belongs to one thread.
 */
final class Worker {

    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final String FILE = "dispatch-worker";

    private final QueueStore store;
    private final DataDirectory directory;
    private final Duration lease;
    private final Timer timer;
    private volatile Held held;

    /**
     * A name and how long it holds for certain, in nanoseconds of the timer.
     *
     * @param since when it holds without a break
     */
    private record Held(UUID id, long since, long until) {

        boolean isGood(long now) {
            return until - now > 0;
        }
    }

    Worker(QueueStore store, DataDirectory directory, Duration lease, Timer timer) {
        this.store = store;
        this.directory = directory;
        this.lease = lease;
        this.timer = timer;
        this.held = new Held(UUID.randomUUID(), timer.nanoTime(), timer.nanoTime());
    }

    /** Takes over what the process left that had this data directory before, and begins. */
    void begin() {
        predecessor().ifPresent(id -> {
            int calls = store.takeOver(id);
            if (calls > 0) {
                LOG.infof("%d durable calls of the process before go on", calls);
            }
        });
        beginAnew();
    }

    /** The name to claim under; empty while the lease is over: nothing may be sent that the database was not asked for. */
    Optional<UUID> id() {
        Held now = held;
        return now.isGood(timer.nanoTime()) ? Optional.of(now.id()) : Optional.empty();
    }

    /**
     * Whether this process has held its lease for as long as a lease lasts: after a time without the database all leases are
     * over, also of those who live and are about to renew theirs.
     */
    boolean mayTakeOver() {
        Held present = held;
        long now = timer.nanoTime();
        return present.isGood(now) && now - present.since() >= lease.toNanos();
    }

    /** Tells the others that this process lives. */
    void renew() {
        long asked = timer.nanoTime();
        if (store.renew(held.id(), lease, false)) {
            held = new Held(held.id(), held.isGood(asked) ? held.since() : asked, asked + lease.toNanos());
        } else {
            LOG.warn(
                    "another process has taken the durable calls of this one over; what they end with here is not kept");
            beginAnew();
        }
    }

    /** Gives everything back. */
    void end() {
        int calls = store.takeOver(held.id());
        if (calls > 0) {
            LOG.infof("%d durable calls go on in another process or after the next start", calls);
        }
    }

    private void beginAnew() {
        UUID id = UUID.randomUUID();
        directory.write(FILE, id.toString());
        long asked = timer.nanoTime();
        store.renew(id, lease, true);
        held = new Held(id, asked, asked + lease.toNanos());
    }

    private Optional<UUID> predecessor() {
        Path file = directory.path().resolve(FILE);
        try {
            return Files.exists(file)
                    ? Optional.of(UUID.fromString(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }
}
