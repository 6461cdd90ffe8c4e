package dev.onward.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.Action;
import dev.onward.call.CallId;
import dev.onward.call.Delivery;
import dev.onward.call.OutboundRequest;
import dev.onward.dispatch.store.AcceptStore.Asked;
import dev.onward.dispatch.store.AcceptStore.Told;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.dispatch.store.DurableCall.Target;
import dev.onward.dispatch.store.Lane;
import dev.onward.invocation.AcceptedKeys;
import dev.onward.invocation.Invocation;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.invocation.InvocationReader;
import dev.onward.invocation.Invocations;
import dev.onward.invocation.Invoker;
import dev.onward.value.JsonBuffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Accepts calls: what is accepted is on disk, can be rendered, and ends in one recorded outcome. Thread-safe; never waits. */
@ApplicationScoped
public class Accepts {

    private final Invocations invocations;
    private final Invoker invoker;
    private final DurableCalls calls;

    Accepts(Invocations invocations, Invoker invoker, DurableCalls calls) {
        this.invocations = invocations;
        this.invoker = invoker;
        this.calls = calls;
    }

    /**
     * Accepts one invocation of an action.
     *
     * @param idempotencyKey the client's name for it: a repeat is told the first call's id
     * @return {@code {"callIds":["…"]}} once it is stored; fails with {@link dev.onward.action.ActionException},
     *     {@link dev.onward.invocation.ArgumentsInvalidException}, {@link dev.onward.invocation.IdempotencyException},
     *     {@link QueueFullException}, {@link dev.onward.invocation.OverloadedException}, or with what the database threw
     * @throws dev.onward.value.InvalidException with every fault of the document, its arguments aside
     */
    public CompletionStage<InvocationAnswer> accept(
            Invocations.Target target, JsonNode document, Optional<String> idempotencyKey) {
        Invocation invocation = InvocationReader.read(document);
        return invocations.find(target).thenCompose(action -> {
            DurableCall call = call(action, target, invocation, document);
            Optional<AcceptedKeys.Key> key = idempotencyKey.map(
                    header -> AcceptedKeys.key(action, header, call.invocation(), invocation.profileId()));
            String answer = "{\"callIds\":[\"" + call.id() + "\"]}";
            return calls.accept(new Asked(call, key, answer)).thenApply(Accepts::answer);
        });
    }

    private DurableCall call(Action action, Invocations.Target target, Invocation invocation, JsonNode document) {
        OutboundRequest message = invoker.render(action, invocation);
        CallId id = invoker.newCallId();
        return new DurableCall(
                id,
                new Lane(action.sandbox(), message.origin()),
                action.name(),
                action.version(),
                target.origin(invocation),
                new Target(message.method(), message.url(), message.host()),
                JsonBuffer.textOf(document),
                action.definition().policy().delivery() == Delivery.AT_MOST_ONCE,
                id.madeAt().plus(action.definition().durability().maxAge()));
    }

    private static InvocationAnswer answer(Told told) {
        if (told.refused().isPresent()) {
            throw told.refused().get();
        }
        return new InvocationAnswer(told.answer().getBytes(StandardCharsets.UTF_8), told.replayed());
    }
}
