package dev.onward.dispatch;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.action.CallbackReader;
import dev.onward.action.CallbackReceiver;
import dev.onward.invocation.Invocation;
import dev.onward.invocation.InvocationReader;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Issues;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked for with a durable call: an invocation, and beside its members {@code callback}.
 *
 * @param document of the invocation alone, as it is kept
 * @param callback who hears of the end
 */
record AcceptRequest(Invocation invocation, JsonNode document, Optional<CallbackReceiver> callback) {

    private static final String CALLBACK = "callback";

    /**
     * Reads a request.
     *
     * @throws dev.onward.value.InvalidException with every fault of the document, its arguments aside
     */
    static AcceptRequest read(JsonNode document, Sandbox sandbox, CallbackReader callbacks) {
        Issues issues = new Issues();
        Optional<Invocation> invocation = InvocationReader.read(document, Set.of(CALLBACK), issues);
        JsonNode asked = document.path(CALLBACK);
        Optional<CallbackReceiver> callback = asked.isMissingNode() || asked.isNull()
                ? Optional.empty()
                : callbacks.read(sandbox, asked, JsonPointer.empty().appendProperty(CALLBACK), issues);
        issues.throwIfErrors();
        return new AcceptRequest(invocation.orElseThrow(), alone(document), callback);
    }

    private static JsonNode alone(JsonNode document) {
        if (!document.has(CALLBACK)) {
            return document;
        }
        ObjectNode invocation = document.deepCopy();
        invocation.remove(CALLBACK);
        return invocation;
    }
}
