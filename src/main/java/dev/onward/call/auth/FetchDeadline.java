package dev.onward.call.auth;

import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.Timer;
import dev.onward.call.Timer.Scheduled;
import dev.onward.call.auth.TokenFetch.Fetched;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Ends the wait for a token: both tries, the pause between them and whatever is stored together last so long at most, so
 * that nobody waits for ever, and the next one begins anew. Thread-safe.
 */
final class FetchDeadline {

    /** A first try may last to its own timeout, a second one what is left. */
    static final Duration LIMIT = TokenFetch.TIMEOUT.plusSeconds(5);

    private final Timer timer;

    FetchDeadline(Timer timer) {
        this.timer = timer;
    }

    /** The fetch, or a failure at the deadline. */
    CompletionStage<Fetched> bound(Supplier<CompletionStage<Fetched>> fetch) {
        CompletableFuture<Fetched> result = new CompletableFuture<>();
        Scheduled deadline = timer.schedule(
                LIMIT,
                () -> result.completeExceptionally(new AuthenticationException(
                        new CallError(
                                CallErrorCode.AUTH_FAILED,
                                "the token's endpoint gave no token within " + LIMIT.toSeconds() + " s"),
                        Optional.empty())));
        fetch.get().whenComplete((fetched, fault) -> {
            deadline.cancel();
            if (fault == null) {
                result.complete(fetched);
            } else {
                result.completeExceptionally(fault);
            }
        });
        return result;
    }
}
