package dev.onward.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.Action;
import dev.onward.action.ActionCatalogue;
import dev.onward.action.ActionException;
import dev.onward.call.CallId;
import dev.onward.call.CallOrigin;
import dev.onward.call.TraceParent;
import dev.onward.invocation.IdempotencyStore.Entry;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Digests;
import dev.onward.value.JsonBuffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Runs the latest version of a named action for the document of one invocation. Thread-safe; never blocks its caller. */
@ApplicationScoped
public class Invocations {

    private final ActionCatalogue catalogue;
    private final Invoker invoker;
    private final IdempotentInvoker idempotentInvoker;

    Invocations(ActionCatalogue catalogue, Invoker invoker, IdempotentInvoker idempotentInvoker) {
        this.catalogue = catalogue;
        this.invoker = invoker;
        this.idempotentInvoker = idempotentInvoker;
    }

    /**
     * An action and who runs it.
     *
     * @param name of the action
     * @param callerId the id of the API key that asks
     * @param trace in which it asks
     */
    public record Target(Sandbox sandbox, String name, String callerId, Optional<TraceParent> trace) {

        /** Where an invocation of this target comes from. */
        public CallOrigin origin(Invocation invocation) {
            return CallOrigin.ofCaller(callerId, invocation.profileId()).in(trace);
        }
    }

    /**
     * Runs the action and gives the answer as clients see it.
     *
     * @return completes when the call has ended and its record survives the death of the process; fails as
     *     {@link #begin}
     * @throws dev.onward.value.InvalidException as {@link #begin}
     * @throws IdempotencyException as {@link #begin}
     */
    CompletionStage<InvocationAnswer> run(Target target, JsonNode document, Optional<String> idempotencyKey) {
        return begin(target, document, idempotencyKey).thenCompose(EndedInvocation::recorded);
    }

    /**
     * Runs the action, and tells the end of the call before it is recorded.
     *
     * @param idempotencyKey the client's name for this invocation: a repeat of it gets the first answer
     * @return completes when the call has ended, with a key when its answer is kept too; fails as {@link Invoker#invoke}
     *     does, and with {@link ActionException} or {@link IdempotencyException}
     * @throws dev.onward.value.InvalidException with every fault of the document, its arguments aside
     * @throws IdempotencyException when the key is malformed
     */
    public CompletionStage<EndedInvocation<InvocationAnswer>> begin(
            Target target, JsonNode document, Optional<String> idempotencyKey) {
        Invocation invocation = InvocationReader.read(document);
        CallOrigin origin = target.origin(invocation);
        if (idempotencyKey.isEmpty()) {
            return find(target)
                    .thenCompose(action -> once(action, invocation, origin))
                    .thenApply(
                            ended -> ended.map(result -> new InvocationAnswer(InvocationJson.answer(result), false)));
        }
        IdempotencyKey key = IdempotencyKey.parse(idempotencyKey.get());
        return find(target)
                .thenCompose(action -> idempotentInvoker.invoke(
                        new Entry(action, key, fingerprint(action, document), invocation.profileId()),
                        invocation,
                        origin))
                .thenApply(EndedInvocation::of);
    }

    /** Runs the action once, with a token of its own if it needs one, and gives all that is known of it. */
    CompletionStage<InvocationResult> result(Target target, JsonNode document) {
        Invocation invocation = InvocationReader.read(document);
        CallOrigin origin = target.origin(invocation);
        return find(target)
                .thenCompose(action -> once(action.withFreshToken(), invocation, origin))
                .thenCompose(EndedInvocation::recorded);
    }

    /** Fetches a token for the action, if it needs one; calls nobody else. */
    CompletionStage<AuthenticationCheck> checkAuthentication(Target target) {
        return find(target).thenCompose(action -> invoker.checkAuthentication(action.withFreshToken()));
    }

    /**
     * The action's latest version.
     *
     * @return fails with {@link ActionException} when there is none
     */
    public CompletionStage<Action> find(Target target) {
        return catalogue
                .find(target.sandbox(), target.name())
                .thenApply(action -> action.orElseThrow(() -> ActionException.notFound(target.name())));
    }

    private CompletionStage<EndedInvocation<InvocationResult>> once(
            Action action, Invocation invocation, CallOrigin origin) {
        CallId callId = invoker.newCallId();
        return invoker.begin(action, invocation, origin, callId, callId.toString());
    }

    /** The action counts by its id: an outcome is never that of another action whose name was used again. */
    private static String fingerprint(Action action, JsonNode document) {
        return Digests.sha256(action.id() + JsonBuffer.textOf(document));
    }
}
