package dev.onward.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.Action;
import dev.onward.action.CallbackReader;
import dev.onward.action.CallbackReceiver;
import dev.onward.call.CallLinks;
import dev.onward.call.CallOrigin;
import dev.onward.dispatch.store.AcceptStore.Asked;
import dev.onward.dispatch.store.AcceptStore.Told;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.dispatch.store.ReplayStore.Stored;
import dev.onward.invocation.AcceptedKeys;
import dev.onward.invocation.Invocation;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.invocation.InvocationReader;
import dev.onward.invocation.Invocations;
import dev.onward.invocation.Invoker;
import dev.onward.value.JsonBuffer;
import dev.onward.value.StrictJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** Accepts calls: what is accepted is on disk, can be rendered, and ends in one recorded outcome. Thread-safe; never waits. */
@ApplicationScoped
public class Accepts {

    private final Invocations invocations;
    private final Invoker invoker;
    private final DurableCalls calls;
    private final CallbackReader callbacks;

    Accepts(Invocations invocations, Invoker invoker, DurableCalls calls, CallbackReader callbacks) {
        this.invocations = invocations;
        this.invoker = invoker;
        this.calls = calls;
        this.callbacks = callbacks;
    }

    /**
     * Accepts one invocation of an action.
     *
     * @param document of the invocation, with {@code callback} or without
     * @param idempotencyKey the client's name for it: a repeat is told the first call's id
     * @return {@code {"callIds":["…"]}} once it is stored; fails with {@link dev.onward.action.ActionException},
     *     {@link dev.onward.invocation.ArgumentsInvalidException}, {@link dev.onward.invocation.IdempotencyException},
     *     {@link QueueFullException}, {@link dev.onward.invocation.OverloadedException}, or with what the database threw
     * @throws dev.onward.value.InvalidException with every fault of the document, its arguments aside
     */
    public CompletionStage<InvocationAnswer> accept(
            Invocations.Target target, JsonNode document, Optional<String> idempotencyKey) {
        AcceptRequest request = AcceptRequest.read(document, target.sandbox(), callbacks);
        Invocation invocation = request.invocation();
        return invocations.find(target).thenCompose(action -> {
            DurableCall call = new Wanted(
                            action,
                            request.document(),
                            target.origin(invocation),
                            request.callback().map(CallbackReceiver::url))
                    .prepare(invoker);
            Optional<AcceptedKeys.Key> key = idempotencyKey.map(
                    header -> AcceptedKeys.key(action, header, JsonBuffer.textOf(document), invocation.profileId()));
            return calls.accept(new Asked(call, key, told(call))).thenApply(Accepts::answer);
        });
    }

    /**
     * A call that has ended.
     *
     * @param origin who asked for it
     */
    record Earlier(Stored stored, CallOrigin origin) {}

    /**
     * Accepts what another call asked for once more.
     *
     * @param version to run on; empty for the latest
     * @param notBefore when it may be sent at the earliest; empty for at once
     * @return as {@link #accept}
     */
    CompletionStage<InvocationAnswer> again(
            Action action,
            Invocations.Target target,
            Earlier earlier,
            OptionalInt version,
            Optional<Instant> notBefore) {
        Stored stored = earlier.stored();
        JsonNode document = StrictJson.read(stored.document().getBytes(StandardCharsets.UTF_8));
        CallOrigin origin = target.origin(InvocationReader.read(document)).repeating(earlier.origin());
        DurableCall call = new Wanted(
                        action, document, origin, CallLinks.replayOf(stored.callId()), version, Optional.empty())
                .prepare(invoker);
        return calls.accept(new Asked(call, Optional.empty(), told(call), notBefore))
                .thenApply(Accepts::answer);
    }

    private static String told(DurableCall call) {
        return "{\"callIds\":[\"" + call.id() + "\"]}";
    }

    private static InvocationAnswer answer(Told told) {
        if (told.refused().isPresent()) {
            throw told.refused().get();
        }
        return new InvocationAnswer(told.answer().getBytes(StandardCharsets.UTF_8), told.replayed());
    }
}
