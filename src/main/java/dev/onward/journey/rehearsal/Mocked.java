package dev.onward.journey.rehearsal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.action.Action;
import dev.onward.action.ActionDefinition;
import dev.onward.action.ResponseSample;
import dev.onward.journey.instance.CallEnding;
import dev.onward.journey.instance.CallEnding.Target;
import dev.onward.journey.rehearsal.RehearsalRequest.Mock;
import dev.onward.value.Issues;
import java.util.Map;
import java.util.Optional;

/**
 * Calls nobody: the answer is what the request says, else the action's response sample.
 *
 * @param mocks by the id of a step
 */
record Mocked(Map<String, Mock> mocks) implements Answering {

    private static final int OK = 200;
    private static final int NOT_GOOD = 300;

    @Override
    public CallEnding answer(String stepId, Action action, ObjectNode invocation, ObjectNode shown) {
        ActionDefinition definition = action.definition();
        Mock mock = mocks.getOrDefault(stepId, new Mock(OK, sample(definition)));
        shown.put("answeredBy", mocks.containsKey(stepId) ? "mock" : "sample");
        boolean isGood = mock.status() >= OK
                && mock.status() < NOT_GOOD
                && definition
                        .success()
                        .map(rule -> mock.body().map(rule::isSatisfiedBy).orElse(false))
                        .orElse(true);
        ResponseSample sample = isGood ? definition.response() : definition.errorResponse();
        Optional<JsonNode> picked = mock.body()
                .flatMap(
                        body -> sample.payload().flatMap(shape -> shape.pick(body, JsonPointer.empty(), new Issues())));
        String code = "http_" + mock.status();
        ObjectNode answer = isGood
                ? CallEnding.answer(code, picked, Optional.empty())
                : CallEnding.answer(code, Optional.empty(), picked);
        return CallEnding.unrecorded(isGood, code, Target.of(action), answer);
    }

    private static Optional<JsonNode> sample(ActionDefinition definition) {
        JsonNode payload = definition.document().at("/response/payload");
        return payload.isMissingNode() ? Optional.empty() : Optional.of(payload);
    }
}
