package dev.onward.call.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRequest;
import dev.onward.call.auth.TokenFetch.Fetched;
import dev.onward.sandbox.Sandbox;
import dev.onward.secret.SecretText;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Fetches tokens by refresh tokens. One that the provider replaced is stored before the access token that came with it is
 * used. One that could not be stored is kept in memory, and stored before the next request. Thread-safe.
 */
final class RefreshedFetch {

    private static final int MAX_UNSTORED = 10_000;

    private final TokenFetch fetch;
    private final RefreshTokens kept;
    private final Cache<Key, Rotation> unstored =
            Caffeine.newBuilder().maximumSize(MAX_UNSTORED).build();

    private record Key(Sandbox sandbox, String credential) {}

    /** @param used that is stored still */
    private record Rotation(SecretText used, SecretText next) {}

    RefreshedFetch(TokenFetch fetch, RefreshTokens kept) {
        this.fetch = fetch;
        this.kept = kept;
    }

    /** As {@link TokenFetch#fetch}, of a request with a refresh token. */
    CompletionStage<Fetched> fetch(CallRequest call, TokenRequest request) {
        Key key = new Key(call.sandbox(), call.credential().key());
        return storedMeanwhile(key)
                .thenCompose(done -> named(kept.latest(key.sandbox(), key.credential()), "cannot be read"))
                .thenCompose(latest -> fetch.fetch(
                                call, latest.map(request::with).orElse(request))
                        .thenCompose(fetched -> stored(key, latest, fetched).thenApply(done -> fetched)));
    }

    private CompletionStage<Boolean> storedMeanwhile(Key key) {
        Rotation rotation = unstored.getIfPresent(key);
        return rotation == null ? CompletableFuture.completedStage(false) : stored(key, rotation);
    }

    /** A credential whose refresh token is not kept by itself goes on with the one that it has. */
    private CompletionStage<Boolean> stored(Key key, Optional<SecretText> used, Fetched fetched) {
        return fetched.granted()
                .refreshToken()
                .map(SecretText::of)
                .flatMap(next -> used.filter(before -> !before.equals(next)).map(before -> new Rotation(before, next)))
                .map(rotation -> stored(key, rotation))
                .orElseGet(() -> CompletableFuture.completedStage(false));
    }

    private CompletionStage<Boolean> stored(Key key, Rotation rotation) {
        unstored.put(key, rotation);
        CompletionStage<Boolean> storing =
                kept.replaced(key.sandbox(), key.credential(), rotation.used(), rotation.next());
        return named(storing, "could not be stored; the next call tries again").thenApply(isKept -> {
            unstored.asMap().remove(key, rotation);
            return isKept;
        });
    }

    private static <T> CompletionStage<T> named(CompletionStage<T> stage, String what) {
        return stage.handle((value, fault) -> {
                    if (fault == null) {
                        return CompletableFuture.completedStage(value);
                    }
                    CallError error = new CallError(CallErrorCode.AUTH_FAILED, "the refresh token " + what);
                    return CompletableFuture.<T>failedStage(new AuthenticationException(error, Optional.empty()));
                })
                .thenCompose(stageOrFault -> stageOrFault);
    }
}
