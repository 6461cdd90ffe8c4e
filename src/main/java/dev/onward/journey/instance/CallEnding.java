package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.action.Action;
import dev.onward.action.Endpoint;
import dev.onward.call.CallRecord;
import dev.onward.call.HttpMethod;
import dev.onward.value.IssueCode;
import java.time.Duration;
import java.util.Optional;

/**
 * How the call of a step ended, as the journey sees it.
 *
 * @param isGood whether the instance goes on as after a success
 * @param statusCode {@code jo_status_code}
 * @param target what was called, or would have been; empty when that is not known
 * @param record what the log keeps of the last run; empty when there was no call
 * @param attempts of all runs
 * @param answer what {@code @action{step}} reads, {@code jo_status_code} included
 * @param fault why there was no call at all
 * @param elapsed from the step's begin to its end
 */
public record CallEnding(
        boolean isGood,
        String statusCode,
        Optional<Target> target,
        Optional<CallRecord> record,
        int attempts,
        ObjectNode answer,
        Optional<Fault> fault,
        Duration elapsed) {

    static final String STATUS_CODE = "jo_status_code";
    private static final String INTERNAL_ERROR = "internalError";

    /**
     * Why a step did not come to its call.
     *
     * @param code of this feature, of an expression or of a call
     */
    public record Fault(IssueCode code, String message) {}

    /**
     * Where the call of a step goes.
     *
     * @param url as the log shows it; of an action that was not called the static one
     */
    public record Target(String action, int version, HttpMethod method, String url) {

        /** Where the call went. */
        static Target of(CallRecord record) {
            return new Target(record.action(), record.actionVersion(), record.method(), record.url());
        }

        /** Where calls of the action go. */
        public static Target of(Action action) {
            Endpoint endpoint = action.definition().endpoint();
            return new Target(action.name(), action.version(), endpoint.method(), endpoint.url());
        }
    }

    /**
     * A call that has its outcome.
     *
     * @param attempts of all its runs
     */
    public static CallEnding of(
            CallRecord record, int attempts, Optional<JsonNode> response, Optional<JsonNode> errorResponse) {
        String code = record.outcome().joStatusCode();
        return new CallEnding(
                record.outcome().isSuccess(),
                code,
                Optional.of(Target.of(record)),
                Optional.of(record),
                attempts,
                answer(code, response, errorResponse),
                Optional.empty(),
                record.elapsed());
    }

    /** Nothing was called, and the instance goes on as after a success: its person does not consent. */
    public static CallEnding skipped(CallRecord record) {
        String code = record.outcome().joStatusCode();
        return new CallEnding(
                true,
                code,
                Optional.of(Target.of(record)),
                Optional.of(record),
                0,
                answer(code, Optional.empty(), Optional.empty()),
                Optional.empty(),
                Duration.ZERO);
    }

    /** As {@link #skipped(CallRecord)}, where nothing is recorded. */
    public static CallEnding skipped(Target target) {
        ObjectNode answer = answer(INTERNAL_ERROR, Optional.empty(), Optional.empty());
        return unrecorded(true, INTERNAL_ERROR, target, answer);
    }

    /** As an answer would end a call that was not made. */
    public static CallEnding unrecorded(boolean isGood, String statusCode, Target target, ObjectNode answer) {
        return new CallEnding(
                isGood, statusCode, Optional.of(target), Optional.empty(), 0, answer, Optional.empty(), Duration.ZERO);
    }

    /**
     * Nothing could be called.
     *
     * @param target what was to be called, if that is known
     */
    public static CallEnding faulty(Fault fault, Optional<Target> target) {
        return new CallEnding(
                false,
                INTERNAL_ERROR,
                target,
                Optional.empty(),
                0,
                answer(INTERNAL_ERROR, Optional.empty(), Optional.empty()),
                Optional.of(fault),
                Duration.ZERO);
    }

    /** What expressions read of an answer. */
    public static ObjectNode answer(String statusCode, Optional<JsonNode> response, Optional<JsonNode> errorResponse) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        response.ifPresent(body -> {
            if (body.isObject()) {
                body.properties().forEach(field -> answer.set(field.getKey(), field.getValue()));
            } else {
                answer.set("response", body);
            }
        });
        errorResponse.ifPresent(body -> answer.set("errorResponse", body));
        return answer.put(STATUS_CODE, statusCode);
    }
}
