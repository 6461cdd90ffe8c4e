package dev.onward.call.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onward.call.CallRequest;
import dev.onward.call.Timer;
import dev.onward.call.auth.TokenFetch.Fetched;
import dev.onward.sandbox.Sandbox;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The tokens of all credentials that were used lately, in memory alone. Of each credential one is fetched at a time, for
 * everybody who waits. Thread-safe.
 */
final class Tokens {

    private static final int MAX_CREDENTIALS = 10_000;
    private static final Duration IDLE = Duration.ofHours(24);

    private final TokenFetch fetch;
    private final RefreshedFetch refreshed;
    private final FetchDeadline deadline;
    private final Timer timer;
    private final Cache<Key, TokenSlot> slots = Caffeine.newBuilder()
            .maximumSize(MAX_CREDENTIALS)
            .expireAfterAccess(IDLE)
            .build();

    private record Key(Sandbox sandbox, String credential) {}

    Tokens(TokenFetch fetch, RefreshTokens refreshTokens, Timer timer) {
        this.fetch = fetch;
        this.refreshed = new RefreshedFetch(fetch, refreshTokens);
        this.deadline = new FetchDeadline(timer);
        this.timer = timer;
    }

    /**
     * A token for a call, as a rule without waiting.
     *
     * @return fails with {@link AuthenticationException}, unless by a bug
     */
    CompletionStage<TokenSlot.Held> token(CallRequest call, TokenRequest request) {
        return slot(call).get(call.credential().fresh(), timer, () -> fetch(call, request));
    }

    private CompletionStage<Fetched> fetch(CallRequest call, TokenRequest request) {
        return deadline.bound(() -> request.refreshes() ? refreshed.fetch(call, request) : fetch.fetch(call, request));
    }

    /**
     * Forgets a token that a provider refused, if it is still the latest.
     *
     * @return whether another one may be had for it now
     */
    boolean refused(CallRequest call, Token token) {
        return slot(call).refused(token, timer);
    }

    private TokenSlot slot(CallRequest call) {
        Key key = new Key(call.sandbox(), call.credential().key());
        return slots.get(key, absent -> new TokenSlot());
    }
}
