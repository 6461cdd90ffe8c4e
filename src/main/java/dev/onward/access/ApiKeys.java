package dev.onward.access;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onward.database.ChangeFeed;
import dev.onward.database.ChangeListener;
import dev.onward.value.Page;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.eclipse.microprofile.context.ManagedExecutor;

/**
 * The API keys: made, listed, removed, recognised. Recognition is from memory; a removed key is forgotten by every
 * process within seconds. Thread-safe.
 */
@ApplicationScoped
public class ApiKeys {

    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private static final int MAX_REMEMBERED = 10_000;

    /** Unknown keys are remembered too, so that guessing does not reach the database each time. */
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

    private final ApiKeyStore store;
    private final AdminKey adminKey;
    private final ChangeFeed changes;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final AsyncLoadingCache<String, Optional<ApiKey>> byDigest;
    private volatile String adminDigest = "";

    ApiKeys(ApiKeyStore store, AdminKey adminKey, ChangeFeed changes, Clock clock, ManagedExecutor executor) {
        this.store = store;
        this.adminKey = adminKey;
        this.changes = changes;
        this.clock = clock;
        this.byDigest = Caffeine.newBuilder()
                .executor(executor)
                .maximumSize(MAX_REMEMBERED)
                .expireAfterWrite(REMEMBERED_FOR)
                .buildAsync(store::findByDigest);
    }

    void start(@Observes @Priority(200) StartupEvent event) {
        adminDigest = adminKey.digest();
        changes.subscribe(JdbiApiKeyStore.TOPIC, new ChangeListener() {
            @Override
            public void changed(String digest) {
                byDigest.synchronous().invalidate(digest);
            }

            @Override
            public void mayHaveMissed() {
                byDigest.synchronous().invalidateAll();
            }
        });
    }

    /** Whether the key with this text is known without looking it up. */
    boolean remembers(String text) {
        String digest = KeySecret.digest(text);
        if (digest.equals(adminDigest)) {
            return true;
        }
        CompletableFuture<Optional<ApiKey>> seen = byDigest.getIfPresent(digest);
        return seen != null && seen.getNow(Optional.empty()).isPresent();
    }

    /** The key with this text, without waiting when it was seen lately. */
    CompletionStage<Optional<ApiKey>> recognise(String text) {
        String digest = KeySecret.digest(text);
        return digest.equals(adminDigest)
                ? CompletableFuture.completedFuture(Optional.of(AdminKey.key()))
                : byDigest.get(digest);
    }

    /** A key just made, with its text, which nobody can read again. */
    public record NewKey(ApiKey key, String text) {}

    /**
     * Makes a key. Blocking.
     *
     * @param maker who asks
     * @throws AccessException when the key would reach a sandbox that its maker does not
     */
    public NewKey create(ApiKey maker, String name, Role role, List<String> sandboxes) {
        if (!maker.covers(sandboxes)) {
            throw new AccessException(
                    AccessException.Reason.SANDBOX_FORBIDDEN,
                    "a key may be made for the maker's own sandboxes only: " + maker.sandboxes());
        }
        String text = KeySecret.generate(random);
        ApiKey key = new ApiKey(
                UUID.randomUUID().toString(),
                name,
                role,
                sandboxes,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                maker.id());
        store.add(key, KeySecret.digest(text));
        return new NewKey(key, text);
    }

    /**
     * A page of the keys that the reader covers, in the order of their ids; the first key of all is on none. Blocking.
     */
    public Page<ApiKey> list(ApiKey reader, Optional<String> afterId, int limit) {
        return store.list(reader, afterId, limit);
    }

    /** The key with this id, which is not there for a reader who does not cover it. Blocking. */
    public ApiKey get(ApiKey reader, String id) {
        return (AdminKey.ID.equals(id) ? Optional.of(AdminKey.key()) : stored(id))
                .filter(key -> reader.covers(key.sandboxes()))
                .orElseThrow(() -> notFound());
    }

    /**
     * Removes a key. Blocking.
     *
     * @throws AccessException when there is none that the remover covers, or when it is the first key
     */
    public void remove(ApiKey remover, String id) {
        ApiKey key = get(remover, id);
        if (AdminKey.ID.equals(key.id())) {
            throw new AccessException(
                    AccessException.Reason.KEY_IS_CONFIGURED,
                    "the first key lives in the configuration (onward.admin-key or its file); change it there");
        }
        if (!store.remove(id)) {
            throw notFound();
        }
        // Other processes hear of it a moment later; who asked here must not see the key work once more.
        byDigest.synchronous().invalidateAll();
    }

    /** A text that cannot be an id is simply not there; it never reaches the database. */
    private Optional<ApiKey> stored(String id) {
        return ID.matcher(id).matches() ? store.find(id) : Optional.empty();
    }

    private static AccessException notFound() {
        return new AccessException(AccessException.Reason.KEY_NOT_FOUND, "there is no API key with this id");
    }
}
