package dev.onward.limit;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onward.call.Timer;
import dev.onward.database.ChangeFeed;
import dev.onward.database.ChangeListener;
import dev.onward.database.Database;
import dev.onward.sandbox.Sandbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.context.ManagedExecutor;

/**
 * The limits in force, of every sandbox that was used lately, in memory. A change made by this or another process shows
 * within seconds; counts outlast it. Thread-safe.
 */
@ApplicationScoped
class Limits {

    private static final int CLOSES = ChangeFeed.CLOSES - 1;

    private final Timer timer;
    private final Function<UUID, SendInstants> instants;
    private final Optional<CapShares> shares;
    private final ChangeFeed changes;
    private final ConcurrentMap<Sandbox, Counts> counts = new ConcurrentHashMap<>();
    private final AsyncLoadingCache<Sandbox, SandboxLimits> current;

    Limits(LimitStore store, Database database, Timer timer, ChangeFeed changes, ManagedExecutor executor) {
        UUID process = UUID.randomUUID();
        LeasedInstants.Source source =
                new LeasedInstants.Source(process, database.jdbi(), executor, timer, new ServerClock());
        this.timer = timer;
        this.instants = uid -> new LeasedInstants(source, uid);
        this.shares = database.isEmbedded()
                ? Optional.empty()
                : Optional.of(new CapShares(new JdbiCapLedger(database.jdbi(), process), executor, timer));
        this.changes = changes;
        this.current = Caffeine.newBuilder().executor(executor).buildAsync(sandbox -> loaded(store, sandbox));
    }

    void start(@Observes @Priority(200) StartupEvent event) {
        changes.subscribe(LimitStore.TOPIC, new ChangeListener() {
            @Override
            public void changed(String key) {
                forget(new Sandbox(key));
            }

            @Override
            public void mayHaveMissed() {
                current.synchronous().invalidateAll();
            }
        });
        shares.ifPresent(CapShares::begin);
    }

    /** When nothing is sent any more. */
    void end(@Observes @Priority(CLOSES) ShutdownEvent event) {
        shares.ifPresent(CapShares::close);
    }

    /** The limits of a sandbox; without waiting when they were used lately. Fails when the database does not answer. */
    CompletableFuture<SandboxLimits> of(Sandbox sandbox) {
        return current.get(sandbox);
    }

    /** Whether a throttling is for the origin, or for a part of it; true while that is not known. Does not wait. */
    boolean isPaced(Sandbox sandbox, String origin) {
        CompletableFuture<SandboxLimits> known = of(sandbox);
        return !known.isDone()
                || known.isCompletedExceptionally()
                || known.join().isPaced(origin);
    }

    /** Forgets what is known of a sandbox, so that its next call is under what was just written. */
    void forget(Sandbox sandbox) {
        current.synchronous().invalidate(sandbox);
    }

    /** How many calls of this process wait. */
    int waiting() {
        return counts.values().stream()
                .mapToInt(known -> known.limits().waiting())
                .sum();
    }

    private SandboxLimits loaded(LimitStore store, Sandbox sandbox) {
        Counts known = counts.computeIfAbsent(
                sandbox,
                absent -> new Counts(
                        new SandboxLimits(new SandboxLimits.Parts(sandbox, timer, instants, shares)),
                        new ReentrantLock()));
        return known.read(() -> store.deployed(sandbox));
    }

    /** What outlasts a reading. Two readings follow one another, lest the older one come in force last. */
    private record Counts(SandboxLimits limits, Lock reading) {

        SandboxLimits read(Supplier<LimitStore.Deployed> deployed) {
            Runnable afterwards;
            reading.lock();
            try {
                afterwards = limits.deploy(deployed.get());
            } finally {
                reading.unlock();
            }
            afterwards.run();
            return limits;
        }
    }
}
