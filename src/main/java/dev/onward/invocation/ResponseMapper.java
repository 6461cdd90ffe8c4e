package dev.onward.invocation;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.ActionDefinition;
import dev.onward.action.SuccessRule;
import dev.onward.call.Answer;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallResult;
import dev.onward.call.Outcome;
import dev.onward.value.Issues;
import dev.onward.value.JsonException;
import dev.onward.value.Shape;
import dev.onward.value.StrictJson;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Picks the fields of the samples out of an answer, whose bytes are untrusted. */
final class ResponseMapper {

    private ResponseMapper() {}

    static MappedResponse map(CallResult result, ActionDefinition definition) {
        Outcome outcome = result.outcome();
        Optional<Shape> shape = outcome.isSuccess() ? definition.response() : definition.errorResponse();
        Optional<SuccessRule> rule = outcome.isSuccess() ? definition.success() : Optional.empty();
        if (result.answer().isEmpty() || shape.isEmpty() && rule.isEmpty()) {
            return new MappedResponse(outcome, Optional.empty(), Optional.empty(), List.of());
        }
        Issues warnings = new Issues();
        Optional<JsonNode> body = parse(result.answer().get(), warnings);
        if (rule.isPresent() && !body.map(rule.get()::isSatisfiedBy).orElse(false)) {
            return saysFailure(outcome, rule.get(), body, definition, warnings);
        }
        Optional<JsonNode> picked = pick(body, shape, warnings);
        return outcome.isSuccess()
                ? new MappedResponse(outcome, picked, Optional.empty(), warnings.warnings())
                : new MappedResponse(outcome, Optional.empty(), picked, warnings.warnings());
    }

    private static MappedResponse saysFailure(
            Outcome outcome, SuccessRule rule, Optional<JsonNode> body, ActionDefinition definition, Issues warnings) {
        OptionalInt status = outcome.status();
        String message = "the provider answered " + status.orElse(0) + ", but '" + rule.pointer()
                + "' of its body does not say success";
        Outcome failed =
                new Outcome.Failed(status, Optional.of(new CallError(CallErrorCode.RESPONSE_SAYS_FAILURE, message)));
        Optional<JsonNode> picked = pick(body, definition.errorResponse(), warnings);
        return new MappedResponse(failed, Optional.empty(), picked, warnings.warnings());
    }

    private static Optional<JsonNode> pick(Optional<JsonNode> body, Optional<Shape> shape, Issues warnings) {
        return body.flatMap(json -> shape.flatMap(sample -> sample.pick(json, JsonPointer.empty(), warnings)));
    }

    private static Optional<JsonNode> parse(Answer answer, Issues warnings) {
        if (answer.body().length == 0) {
            warnings.warning(JsonPointer.empty(), ResponseIssue.RESPONSE_EMPTY, "the answer has no body");
            return Optional.empty();
        }
        try {
            return Optional.of(StrictJson.read(answer.body()));
        } catch (JsonException notJson) {
            String message = "the answer's body is not read as JSON: " + notJson.getMessage();
            warnings.warning(JsonPointer.empty(), ResponseIssue.RESPONSE_NOT_JSON, message);
            return Optional.empty();
        }
    }
}
