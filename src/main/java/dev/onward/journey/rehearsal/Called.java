package dev.onward.journey.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.action.Action;
import dev.onward.call.CallOrigin;
import dev.onward.invocation.Trials;
import dev.onward.invocation.Trials.Made;
import dev.onward.journey.instance.CallEnding;
import dev.onward.value.StrictJson;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Calls the providers. The calls are in the log like any others.
 *
 * @param journey its name
 */
record Called(Trials trials, String journey, String callerId) implements Answering {

    @Override
    public CallEnding answer(String stepId, Action action, ObjectNode invocation, ObjectNode shown) {
        CallOrigin origin = new CallOrigin(
                Optional.of(callerId),
                Optional.of(invocation.path("profileId").asText()),
                Optional.of(journey),
                Optional.of(stepId),
                Optional.empty());
        Made made = made(action, invocation, origin);
        JsonNode told = StrictJson.read(made.json());
        told.properties().stream()
                .filter(member -> !member.getKey().equals("action"))
                .forEach(member -> shown.set(member.getKey(), member.getValue()));
        return CallEnding.of(
                made.result().record(),
                made.result().record().attempts().size(),
                made.result().response(),
                made.result().errorResponse());
    }

    private Made made(Action action, ObjectNode invocation, CallOrigin origin) {
        try {
            return trials.call(action, invocation, origin).toCompletableFuture().join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }
}
