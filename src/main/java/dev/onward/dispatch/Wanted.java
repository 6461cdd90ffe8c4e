package dev.onward.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.Action;
import dev.onward.call.CallId;
import dev.onward.call.CallLinks;
import dev.onward.call.CallOrigin;
import dev.onward.call.Delivery;
import dev.onward.call.OutboundRequest;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.dispatch.store.DurableCall.Target;
import dev.onward.dispatch.store.Lane;
import dev.onward.invocation.Invocation;
import dev.onward.invocation.InvocationReader;
import dev.onward.invocation.Invoker;
import dev.onward.value.JsonBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A call that somebody wants to be made.
 *
 * @param action to run
 * @param document of the invocation
 * @param origin who wants it
 * @param links the other call that it comes from
 * @param pinned the version to run on whatever is the latest then; empty for the latest
 * @param callback the URL that its end is told to
 */
record Wanted(
        Action action,
        JsonNode document,
        CallOrigin origin,
        CallLinks links,
        OptionalInt pinned,
        Optional<String> callback) {

    /** A first call on the latest version. */
    Wanted(Action action, JsonNode document, CallOrigin origin, Optional<String> callback) {
        this(action, document, origin, CallLinks.NONE, OptionalInt.empty(), callback);
    }

    /**
     * The call, rendered once, so that it can be accepted.
     *
     * @throws dev.onward.invocation.ArgumentsInvalidException when arguments or path do not fit
     * @throws dev.onward.value.InvalidException with every other fault of the document
     */
    DurableCall prepare(Invoker invoker) {
        Invocation invocation = InvocationReader.read(document);
        OutboundRequest message = invoker.render(action, invocation);
        CallId id = invoker.newCallId();
        return new DurableCall(
                id,
                new Lane(
                        action.sandbox(),
                        message.origin(),
                        action.name(),
                        origin.journey().orElse("")),
                action.name(),
                action.version(),
                origin,
                new Target(message.method(), action.credential().maskedUrl(message.url()), message.host()),
                JsonBuffer.textOf(document),
                action.definition().policy().delivery() == Delivery.AT_MOST_ONCE,
                id.madeAt().plus(action.definition().durability().maxAge()),
                links,
                pinned,
                callback);
    }
}
