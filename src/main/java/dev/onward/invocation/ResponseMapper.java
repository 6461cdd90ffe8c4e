package dev.onward.invocation;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.action.ActionDefinition;
import dev.onward.action.ResponseSample;
import dev.onward.action.SuccessRule;
import dev.onward.call.Answer;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallResult;
import dev.onward.call.Outcome;
import dev.onward.value.Issues;
import dev.onward.value.JsonException;
import dev.onward.value.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Picks what the samples name out of an answer, whose bytes and headers are untrusted. */
final class ResponseMapper {

    private ResponseMapper() {}

    static MappedResponse map(CallResult result, ActionDefinition definition) {
        Outcome outcome = result.outcome();
        ResponseSample sample = outcome.isSuccess() ? definition.response() : definition.errorResponse();
        Optional<SuccessRule> rule = outcome.isSuccess() ? definition.success() : Optional.empty();
        if (result.answer().isEmpty() || sample.isEmpty() && rule.isEmpty()) {
            return new MappedResponse(outcome, Optional.empty(), Optional.empty(), List.of());
        }
        Answer answer = result.answer().get();
        Issues warnings = new Issues();
        boolean bodyMatters = sample.payload().isPresent() || rule.isPresent();
        Optional<JsonNode> body = bodyMatters ? body(answer, warnings) : Optional.empty();
        if (rule.isPresent() && !body.map(rule.get()::isSatisfiedBy).orElse(false)) {
            Optional<JsonNode> picked = pick(answer, body, definition.errorResponse(), warnings);
            return new MappedResponse(saysFailure(outcome, rule.get()), Optional.empty(), picked, warnings.warnings());
        }
        Optional<JsonNode> picked = pick(answer, body, sample, warnings);
        return outcome.isSuccess()
                ? new MappedResponse(outcome, picked, Optional.empty(), warnings.warnings())
                : new MappedResponse(outcome, Optional.empty(), picked, warnings.warnings());
    }

    private static Outcome saysFailure(Outcome outcome, SuccessRule rule) {
        OptionalInt status = outcome.status();
        String message = "the provider answered " + status.orElse(0) + ", but '" + rule.pointer()
                + "' of its body does not say success";
        return new Outcome.Failed(status, Optional.of(new CallError(CallErrorCode.RESPONSE_SAYS_FAILURE, message)));
    }

    private static Optional<JsonNode> pick(
            Answer answer, Optional<JsonNode> body, ResponseSample sample, Issues warnings) {
        Optional<JsonNode> picked = body.flatMap(
                json -> sample.payload().flatMap(shape -> shape.pick(json, JsonPointer.empty(), warnings)));
        return sample.headers().isEmpty() ? picked : withHeaders(answer, picked, sample.headers());
    }

    /** A header is a field like any other, present even when the body gave none. */
    private static Optional<JsonNode> withHeaders(
            Answer answer, Optional<JsonNode> picked, Map<String, String> fieldByHeader) {
        ObjectNode fields = picked.filter(JsonNode::isObject)
                .map(ObjectNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::objectNode);
        fieldByHeader.forEach(
                (name, field) -> AnswerHeaders.find(answer, name).ifPresent(value -> fields.put(field, value)));
        return fields.isEmpty() ? picked : Optional.of(fields);
    }

    private static Optional<JsonNode> body(Answer answer, Issues warnings) {
        if (answer.body().length == 0) {
            warnings.warning(JsonPointer.empty(), ResponseIssue.RESPONSE_EMPTY, "the answer has no body");
            return Optional.empty();
        }
        if (!AnswerHeaders.declareJson(answer, warnings)) {
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
