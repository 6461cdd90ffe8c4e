package dev.onward.limit;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onward.call.Timer;
import dev.onward.database.ChangeFeed;
import dev.onward.database.ChangeListener;
import dev.onward.database.Database;
import dev.onward.sandbox.Sandbox;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.eclipse.microprofile.context.ManagedExecutor;

/**
 * The limits in force, of every sandbox that was used lately, in memory. A change made by this or another process shows
 * within seconds; counts outlast it. Thread-safe.
 */
@ApplicationScoped
class Limits {

    private final Timer timer;
    private final Function<UUID, SendInstants> instants;
    private final ChangeFeed changes;
    private final ConcurrentMap<Sandbox, SandboxLimits> counts = new ConcurrentHashMap<>();
    private final AsyncLoadingCache<Sandbox, SandboxLimits> current;

    Limits(LimitStore store, Database database, Timer timer, ChangeFeed changes, ManagedExecutor executor) {
        this.timer = timer;
        this.instants = uid -> new LeasedInstants(database.jdbi(), uid, executor);
        this.changes = changes;
        this.current = Caffeine.newBuilder().executor(executor).buildAsync(sandbox -> loaded(store, sandbox));
    }

    void start(@Observes @Priority(200) StartupEvent event) {
        changes.subscribe(LimitStore.TOPIC, new ChangeListener() {
            @Override
            public void changed(String key) {
                current.synchronous().invalidate(new Sandbox(key));
            }

            @Override
            public void mayHaveMissed() {
                current.synchronous().invalidateAll();
            }
        });
    }

    /** The limits of a sandbox; without waiting when they were used lately. Fails when the database does not answer. */
    CompletableFuture<SandboxLimits> of(Sandbox sandbox) {
        return current.get(sandbox);
    }

    private SandboxLimits loaded(LimitStore store, Sandbox sandbox) {
        SandboxLimits limits = counts.computeIfAbsent(sandbox, absent -> new SandboxLimits(timer, instants));
        limits.deploy(store.deployed(sandbox));
        return limits;
    }
}
