package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.call.AttemptRecord;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRecord;
import dev.onward.call.Outcome;
import dev.onward.expression.issue.ExpressionException;
import dev.onward.expression.issue.ExpressionIssue;
import dev.onward.journey.instance.CallEnding.Fault;
import dev.onward.journey.instance.CallEnding.Target;
import dev.onward.journey.mapping.Stop;
import dev.onward.value.Times;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The fields of step records, as the model system names them in its step events. */
final class StepFields {

    static final String ENDED = "ended";
    static final String TRANSITIONS = "transitions";
    static final String ERROR = "error";
    static final String TIMED_OUT = "timedout";
    static final String INSTANCE_TIMED_OUT = "instanceTimedout";
    static final String CONDITION = "Condition";

    private static final String ACTION = "Action";
    private static final String HTTP = "http";
    private static final String HTTP_STATUS = "http_";
    private static final String CAPPED = "capped";
    private static final String SKIPPED = "skippedConsent";
    private static final String ORIGIN_ERROR = "actionExecutionOriginError";
    private static final String ORIGIN_CODE = "actionExecutionOriginCode";
    private static final int BAD_REQUEST = 400;
    private static final int MAX_MESSAGE = 1_000;

    private StepFields() {}

    /** {@code stepStatus} of a call's end. */
    static String status(CallEnding ending) {
        if (ending.record()
                .map(CallRecord::outcome)
                .filter(Outcome.SkippedConsent.class::isInstance)
                .isPresent()) {
            return SKIPPED;
        }
        if (ending.isGood()) {
            return TRANSITIONS;
        }
        return error(ending).equals(HTTP) ? ERROR : error(ending);
    }

    static ObjectNode ofCall(Stop.Act act, CallEnding ending) {
        ObjectNode fields = typed(ACTION)
                .put("actionName", act.action())
                .put("actionType", "customHttpAction")
                .put("actionParameterized", !act.arguments().isEmpty())
                .put("actionBusinessType", "customer")
                .put("actionExecutionTime", ending.elapsed().toMillis())
                .put("attempts", ending.attempts());
        act.version().ifPresent(version -> put(fields, act.action(), version));
        ending.target().ifPresent(target -> put(fields, target));
        if (!ending.isGood()) {
            fields.put("actionExecutionError", error(ending));
            code(ending).ifPresent(code -> fields.put("actionExecutionErrorCode", code));
        }
        ending.fault().ifPresent(fault -> put(fields, fault));
        ending.record().ifPresent(record -> put(fields, record));
        return fields;
    }

    static ObjectNode ofWait(Stop.Wait wait) {
        return typed("Timer").put("waited", wait.duration().toString());
    }

    static ObjectNode ofChoice(boolean isThen) {
        return typed(CONDITION).put("transition", isThen ? "then" : "else");
    }

    static ObjectNode ofEnd() {
        return typed("End");
    }

    static ObjectNode ofFault(String type, Fault fault) {
        ObjectNode fields = typed(type);
        put(fields, fault);
        return fields;
    }

    /** The first issue of an expression that had no value. */
    static Fault fault(ExpressionException noValue) {
        ExpressionIssue issue = noValue.issues().get(0);
        return new Fault(issue.code(), issue.message());
    }

    /** Notes a call's end in the journey properties. */
    static void note(ObjectNode last, Stop.Act act, CallEnding ending) {
        last.put("lastActionExecutionElapsedTime", ending.elapsed().toMillis());
        if (!ending.isGood()) {
            String code = code(ending).orElseGet(() -> error(ending));
            last.put("lastNodeUIDInError", act.id())
                    .put("lastNodeNameInError", act.id())
                    .put("lastNodeTypeInError", "Custom Action")
                    .put("lastErrorCode", code.equals(TIMED_OUT) ? "timedOut" : code)
                    .put("lastExecutedActionErrorCode", code.equals(TIMED_OUT) ? "timedOut" : code);
        }
    }

    /** {@code http}, {@code timedout}, {@code capped} or {@code error}. */
    private static String error(CallEnding ending) {
        Optional<Outcome> outcome = ending.record().map(CallRecord::outcome);
        if (outcome.filter(Outcome.TimedOut.class::isInstance).isPresent()) {
            return TIMED_OUT;
        }
        if (outcome.filter(Outcome.Capped.class::isInstance).isPresent()) {
            return CAPPED;
        }
        return ending.statusCode().startsWith(HTTP_STATUS) ? HTTP : ERROR;
    }

    /** The answer's status; none when another reason than the answer ended the call, whatever an earlier attempt got. */
    private static Optional<String> code(CallEnding ending) {
        return Optional.of(ending.statusCode())
                .filter(code -> error(ending).equals(HTTP) && code.startsWith(HTTP_STATUS))
                .map(code -> code.substring(HTTP_STATUS.length()));
    }

    private static void put(ObjectNode fields, Fault fault) {
        String message = fault.message();
        fields.put("errorCode", fault.code().code());
        fields.put("errorMessage", message.substring(0, Math.min(message.length(), MAX_MESSAGE)));
    }

    private static void put(ObjectNode fields, Target target) {
        put(fields, target.action(), target.version());
        fields.put("actionOriginEndpoint", target.url())
                .put("actionOriginMethod", target.method().name());
    }

    private static void put(ObjectNode fields, String action, int version) {
        fields.put("actionID", action + "-" + version).put("actionVersion", version);
    }

    private static void put(ObjectNode fields, CallRecord record) {
        fields.put("callId", record.callId().toString())
                .put("outcome", record.outcome().wireName())
                .put("jo_status_code", record.outcome().joStatusCode());
        record.outcome().error().ifPresent(error -> put(fields, error));
        List<AttemptRecord> attempts = record.attempts();
        if (!attempts.isEmpty()) {
            AttemptRecord first = attempts.get(0);
            AttemptRecord last = attempts.get(attempts.size() - 1);
            Optional<Duration> queued = first.timings().queued();
            fields.put("actionExecutionOriginStartTime", Times.text(last.startedAt()))
                    .put("actionExecutionOriginTime", last.timings().total().toMillis())
                    .put("actionWaitTime", queued.orElse(Duration.ZERO).toMillis())
                    .put("actionOriginIsMTLS", last.passage().mutualTls())
                    .put("actionIsProxy", last.passage().throughProxy())
                    .put("actionIsThrottled", last.passage().throttled());
        }
        if (record.outcome() instanceof Outcome.TimedOut) {
            putOrigin(fields, attempts);
        }
    }

    /** What the last attempt ended with that failed before the time ran out, if one did. */
    private static void putOrigin(ObjectNode fields, List<AttemptRecord> attempts) {
        int before = attempts.size();
        if (before > 0 && isTimeout(attempts.get(before - 1).error())) {
            before--;
        }
        if (before == 0) {
            return;
        }
        AttemptRecord failed = attempts.get(before - 1);
        Optional<CallError> error = failed.error();
        if (error.isPresent()) {
            fields.put(ORIGIN_ERROR, isTimeout(error) ? TIMED_OUT : ERROR)
                    .put(ORIGIN_CODE, error.get().code().code());
        } else if (failed.status().orElse(0) >= BAD_REQUEST) {
            fields.put(ORIGIN_ERROR, HTTP)
                    .put(ORIGIN_CODE, Integer.toString(failed.status().getAsInt()));
        }
    }

    private static boolean isTimeout(Optional<CallError> error) {
        return error.map(CallError::code)
                .filter(code -> code == CallErrorCode.TIMEOUT || code == CallErrorCode.ATTEMPT_TIMEOUT)
                .isPresent();
    }

    /** Nothing was sent to tell it when the turn at a throttling did not come. */
    private static void put(ObjectNode fields, CallError error) {
        put(fields, new Fault(error.code(), error.message()));
        if (error.code() == CallErrorCode.THROTTLE_WAIT) {
            fields.put("actionIsThrottled", true);
        }
    }

    private static ObjectNode typed(String stepType) {
        return JsonNodeFactory.instance.objectNode().put("stepType", stepType);
    }
}
