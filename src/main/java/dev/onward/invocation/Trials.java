package dev.onward.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.Action;
import dev.onward.call.CallId;
import dev.onward.call.CallOrigin;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;

/** Shows what an action would send, and what it did: for those who try something out. Thread-safe; never blocks. */
@ApplicationScoped
public class Trials {

    private final Invoker invoker;

    Trials(Invoker invoker) {
        this.invoker = invoker;
    }

    /**
     * A call that was made.
     *
     * @param json all that is known of it, as {@code POST /actions/{name}/test} answers
     */
    public record Made(InvocationResult result, byte[] json) {}

    /**
     * The message as it would be sent, secrets masked.
     *
     * @return {@code {"method", "url", "headers", "body"}} as UTF-8 JSON text
     * @throws ArgumentsInvalidException when arguments or path do not fit
     * @throws dev.onward.value.InvalidException with every other fault of the document
     */
    public byte[] rendered(Action action, JsonNode document) {
        return InvocationJson.rendered(
                invoker.preview(action, InvocationReader.read(document)),
                action.credential().masker());
    }

    /**
     * Makes one real call through the whole pipeline.
     *
     * @return fails as {@link Invoker#invoke} does
     * @throws ArgumentsInvalidException when arguments or path do not fit; nothing was sent
     * @throws OverloadedException when there is no room; nothing was sent
     */
    public CompletionStage<Made> call(Action action, JsonNode document, CallOrigin origin) {
        CallId callId = invoker.newCallId();
        return invoker.invoke(action, InvocationReader.read(document), origin, callId, callId.toString())
                .thenApply(result -> new Made(result, InvocationJson.exchange(result)));
    }
}
