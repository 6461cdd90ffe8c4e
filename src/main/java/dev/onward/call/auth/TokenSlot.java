package dev.onward.call.auth;

import dev.onward.call.AttemptRecord;
import dev.onward.call.Timer;
import dev.onward.call.auth.TokenFetch.Fetched;
import dev.onward.secret.SecretText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The token of one credential. It is fetched by whoever needs it first, and again before it expires, while the old one is
 * still used; after a failure only when some time has passed, so that a broken endpoint is not stormed. Thread-safe.
 */
final class TokenSlot {

    /** A token is renewed so long before its end, or a tenth of its life before it, if that is shorter. */
    private static final Duration BEFORE_EXPIRY = Duration.ofMinutes(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** A provider that refuses every token is given a new one no more often. */
    private static final Duration BETWEEN_REFUSALS = Duration.ofSeconds(10);

    private @Nullable Token token;
    private @Nullable CompletableFuture<Held> pending;
    private Optional<Failure> failure = Optional.empty();
    private Optional<Long> refusedAtNanos = Optional.empty();

    /**
     * A token to use.
     *
     * @param exchange that fetched it, for those who waited for it
     */
    record Held(Token token, Optional<AttemptRecord> exchange) {}

    private record Failure(AuthenticationException reason, Duration pause, long untilNanos) {}

    /**
     * The token, or the next one.
     *
     * @param fresh whether the one that is here does not do
     */
    CompletionStage<Held> get(boolean fresh, Timer timer, Supplier<CompletionStage<Fetched>> fetch) {
        CompletableFuture<Held> begun;
        CompletionStage<Held> answer;
        synchronized (this) {
            long now = timer.nanoTime();
            Token held = token;
            boolean usable = !fresh && held != null && now - held.expiresAtNanos() < 0;
            boolean due = held == null || now - held.refreshAtNanos() >= 0;
            boolean pausing = !fresh
                    && failure.filter(last -> now - last.untilNanos() < 0).isPresent();
            if (usable && held != null && (!due || pending != null || pausing)) {
                return CompletableFuture.completedStage(new Held(held, Optional.empty()));
            }
            if (pending != null) {
                return pending;
            }
            if (pausing) {
                return CompletableFuture.failedStage(failure.orElseThrow().reason());
            }
            begun = new CompletableFuture<>();
            pending = begun;
            answer =
                    usable && held != null ? CompletableFuture.completedStage(new Held(held, Optional.empty())) : begun;
        }
        begin(begun, timer, fetch);
        return answer;
    }

    /** Forgets the token, if it is the one; answers whether to ask for another. */
    synchronized boolean refused(Token refused, Timer timer) {
        long now = timer.nanoTime();
        if (!refused.equals(token)) {
            return true;
        }
        if (refusedAtNanos
                .filter(before -> now - before < BETWEEN_REFUSALS.toNanos())
                .isPresent()) {
            return false;
        }
        refusedAtNanos = Optional.of(now);
        token = null;
        return true;
    }

    private void begin(CompletableFuture<Held> begun, Timer timer, Supplier<CompletionStage<Fetched>> fetch) {
        CompletionStage<Fetched> fetched;
        try {
            fetched = fetch.get();
        } catch (RuntimeException bug) {
            fetched = CompletableFuture.failedStage(bug);
        }
        fetched.whenComplete((got, fault) -> {
            if (got == null) {
                failed(begun, unwrapped(fault), timer);
            } else {
                succeeded(begun, got, timer);
            }
        });
    }

    private void succeeded(CompletableFuture<Held> begun, Fetched got, Timer timer) {
        long now = timer.nanoTime();
        Duration granted = got.granted().life();
        Duration life = granted.compareTo(TokenLifetime.LONGEST) > 0 ? TokenLifetime.LONGEST : granted;
        Duration tenth = life.dividedBy(10);
        Duration margin = tenth.compareTo(BEFORE_EXPIRY) < 0 ? tenth : BEFORE_EXPIRY;
        Token fresh = new Token(
                SecretText.of(got.granted().token()), now + life.minus(margin).toNanos(), now + life.toNanos());
        synchronized (this) {
            token = fresh;
            pending = null;
            failure = Optional.empty();
        }
        begun.complete(new Held(fresh, Optional.of(got.exchange())));
    }

    private void failed(CompletableFuture<Held> begun, Throwable fault, Timer timer) {
        synchronized (this) {
            pending = null;
            if (fault instanceof AuthenticationException reason) {
                Duration pause =
                        failure.map(last -> last.pause().multipliedBy(2)).orElse(FIRST_PAUSE);
                Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
                failure = Optional.of(new Failure(reason, bounded, timer.nanoTime() + bounded.toNanos()));
            }
        }
        begun.completeExceptionally(fault);
    }

    private static Throwable unwrapped(Throwable fault) {
        return fault instanceof CompletionException wrapper && wrapper.getCause() != null ? wrapper.getCause() : fault;
    }
}
