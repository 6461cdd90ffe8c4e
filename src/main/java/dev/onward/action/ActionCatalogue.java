package dev.onward.action;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onward.credential.CredentialListener;
import dev.onward.credential.Credentials;
import dev.onward.database.ChangeFeed;
import dev.onward.database.ChangeListener;
import dev.onward.sandbox.Sandbox;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.context.ManagedExecutor;

/**
 * The latest version of every action that was used lately, compiled and in memory. A change made by this or another
 * process shows within seconds. Thread-safe.
 */
@ApplicationScoped
public class ActionCatalogue implements CredentialListener {

    /** The topic of {@link ChangeFeed} that tells of a new version; the change's key is {@code sandbox/name}. */
    public static final String TOPIC = JdbiActionStore.TOPIC;

    /** The priority of the startup's observer that begins to listen to changes. */
    public static final int STARTS = 200;

    private static final int MAX_ACTIONS = 10_000;
    private static final int MAX_VERSIONS = 100;
    private static final Duration VERSIONS_KEPT = Duration.ofSeconds(10);

    private final AsyncLoadingCache<Key, Optional<Action>> latest;
    private final AsyncLoadingCache<VersionKey, Optional<Action>> versions;
    private final ChangeFeed changes;

    ActionCatalogue(Actions actions, ChangeFeed changes, ManagedExecutor executor) {
        this.changes = changes;
        this.latest = Caffeine.newBuilder()
                .executor(executor)
                .maximumSize(MAX_ACTIONS)
                .buildAsync(key -> actions.find(key.sandbox(), key.name()));
        this.versions = Caffeine.newBuilder()
                .executor(executor)
                .maximumSize(MAX_VERSIONS)
                .expireAfterWrite(VERSIONS_KEPT)
                .buildAsync(
                        key -> actions.find(key.action().sandbox(), key.action().name(), key.version()));
    }

    void start(@Observes @Priority(STARTS) StartupEvent event) {
        changes.subscribe(JdbiActionStore.TOPIC, new ChangeListener() {
            @Override
            public void changed(String key) {
                latest.synchronous().invalidate(Key.parse(key));
            }

            @Override
            public void mayHaveMissed() {
                latest.synchronous().invalidateAll();
            }
        });
        changes.subscribe(Credentials.TOPIC, new ChangeListener() {
            @Override
            public void changed(String key) {
                latest.synchronous().invalidateAll();
            }

            @Override
            public void mayHaveMissed() {
                latest.synchronous().invalidateAll();
            }
        });
    }

    /** The latest version, without waiting when it was used lately; empty when there is no such action. */
    public CompletionStage<Optional<Action>> find(Sandbox sandbox, String name) {
        Key key = new Key(sandbox, name);
        CompletableFuture<Optional<Action>> known = latest.getIfPresent(key);
        if (known != null) {
            return known;
        }
        return DefinitionReader.NAME.matcher(name).matches()
                ? latest.get(key)
                : CompletableFuture.completedStage(Optional.empty());
    }

    /**
     * One version, also an old one; empty when there is none. Of a name that was used again within the last seconds it may
     * be the old action's.
     */
    public CompletionStage<Optional<Action>> find(Sandbox sandbox, String name, int version) {
        return versions.get(new VersionKey(new Key(sandbox, name), version));
    }

    @Override
    public void credentialChanged() {
        latest.synchronous().invalidateAll();
    }

    /** Forgets what is remembered of an action, so that its next use sees what was just written. */
    public void forget(Sandbox sandbox, String name) {
        latest.synchronous().invalidate(new Key(sandbox, name));
    }

    private record VersionKey(Key action, int version) {}

    private record Key(Sandbox sandbox, String name) {
        static Key parse(String text) {
            int slash = text.indexOf('/');
            return new Key(new Sandbox(text.substring(0, slash)), text.substring(slash + 1));
        }
    }
}
