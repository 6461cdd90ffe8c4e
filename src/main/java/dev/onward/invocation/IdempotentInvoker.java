package dev.onward.invocation;

import dev.onward.call.CallId;
import dev.onward.call.CallOrigin;
import dev.onward.invocation.IdempotencyStore.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/**
 * Runs an action at most once per {@code Idempotency-Key}; a repeat gets the first answer. Thread-safe; it never blocks
 * its caller: the store is asked on the executor.
 */
@ApplicationScoped
class IdempotentInvoker {

    private static final Logger LOG = Logger.getLogger(IdempotentInvoker.class);

    /** What a run may take beyond its call: rendering, recording, keeping the answer. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    private final Invoker invoker;
    private final IdempotencyStore store;
    private final ManagedExecutor executor;
    private final Clock clock;

    IdempotentInvoker(Invoker invoker, IdempotencyStore store, ManagedExecutor executor, Clock clock) {
        this.invoker = invoker;
        this.store = store;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * Makes the call unless it was made before.
     *
     * @return fails with {@link IdempotencyException}, or as {@link Invoker#invoke} does
     */
    CompletionStage<InvocationAnswer> invoke(Entry entry, Invocation invocation, CallOrigin origin) {
        CallId callId = invoker.newCallId();
        Instant now = clock.instant();
        Instant runningUntil =
                now.plus(Invoker.policy(entry.action(), invocation).longest()).plus(SLACK);
        return CompletableFuture.supplyAsync(() -> store.claim(entry, callId, now, runningUntil), executor)
                .thenCompose(claim -> claim.answer()
                        .map(first -> CompletableFuture.completedStage(
                                new InvocationAnswer(first.getBytes(StandardCharsets.UTF_8), true)))
                        .orElseGet(() -> run(entry, invocation, origin, callId, claim.outgoingKey())));
    }

    private CompletionStage<InvocationAnswer> run(
            Entry entry, Invocation invocation, CallOrigin origin, CallId callId, String outgoingKey) {
        CompletionStage<InvocationResult> call;
        try {
            call = invoker.invoke(entry.action(), invocation, origin, callId, outgoingKey);
        } catch (ArgumentsInvalidException | OverloadedException refused) {
            return CompletableFuture.runAsync(() -> store.refused(entry, callId), executor)
                    .thenCompose(forgotten -> CompletableFuture.failedStage(refused));
        }
        return call.thenApplyAsync(
                result -> {
                    byte[] answer = InvocationJson.answer(result);
                    keep(entry, answer);
                    return new InvocationAnswer(answer, false);
                },
                executor);
    }

    /** The call was made and recorded: should its answer not be kept, a repeat is sent with the same outgoing key. */
    private void keep(Entry entry, byte[] answer) {
        try {
            store.ended(entry, new String(answer, StandardCharsets.UTF_8));
        } catch (JdbiException unavailable) {
            LOG.warnf(
                    unavailable,
                    "the answer for an Idempotency-Key of action %s was not kept",
                    entry.action().name());
        }
    }
}
