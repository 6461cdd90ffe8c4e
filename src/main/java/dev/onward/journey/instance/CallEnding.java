package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.call.CallRecord;
import dev.onward.value.IssueCode;
import java.time.Duration;
import java.util.Optional;

/**
 * How the call of a step ended, as the journey sees it.
 *
 * @param isGood whether the instance goes on as after a success
 * @param statusCode {@code jo_status_code}
 * @param record what the log keeps; empty when there was no call
 * @param answer what {@code @action{step}} reads, {@code jo_status_code} included
 * @param fault why there was no call at all
 * @param elapsed from the step's begin to its end
 */
public record CallEnding(
        boolean isGood,
        String statusCode,
        Optional<CallRecord> record,
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

    /** A call that has its outcome. */
    public static CallEnding of(CallRecord record, Optional<JsonNode> response, Optional<JsonNode> errorResponse) {
        String code = record.outcome().joStatusCode();
        ObjectNode answer = answer(code, response, errorResponse);
        return new CallEnding(
                record.outcome().isSuccess(), code, Optional.of(record), answer, Optional.empty(), record.elapsed());
    }

    /** Nothing was called, and the instance goes on as after a success: its person does not consent. */
    public static CallEnding skipped(CallRecord record) {
        String code = record.outcome().joStatusCode();
        ObjectNode answer = answer(code, Optional.empty(), Optional.empty());
        return new CallEnding(true, code, Optional.of(record), answer, Optional.empty(), Duration.ZERO);
    }

    /** As {@link #skipped(CallRecord)}, where nothing is recorded. */
    public static CallEnding skipped() {
        ObjectNode answer = answer(INTERNAL_ERROR, Optional.empty(), Optional.empty());
        return new CallEnding(true, INTERNAL_ERROR, Optional.empty(), answer, Optional.empty(), Duration.ZERO);
    }

    /** Nothing could be called. */
    public static CallEnding faulty(Fault fault) {
        return new CallEnding(
                false,
                INTERNAL_ERROR,
                Optional.empty(),
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
