package dev.onward.journey.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.call.AttemptRecord;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRecord;
import dev.onward.call.CapturedMessage;
import dev.onward.call.HttpMethod;
import dev.onward.call.Outcome;
import dev.onward.call.Passage;
import dev.onward.call.Timings;
import dev.onward.calllog.CallRecords;
import dev.onward.journey.instance.CallEnding.Fault;
import dev.onward.journey.instance.CallEnding.Target;
import dev.onward.journey.mapping.Stop;
import dev.onward.testsupport.Definitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepFieldsTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Outcome NOT_FOUND = new Outcome.Failed(OptionalInt.of(404), Optional.empty());
    private static final Outcome TIMED_OUT = new Outcome.TimedOut(OptionalInt.empty(), Optional.empty());
    private static final OptionalInt LATEST = OptionalInt.empty();

    @Test
    void a_refused_call_tells_its_last_answer_and_the_attempts_of_all_runs() {
        CallRecord record = CallRecords.call()
                .at(NOON)
                .outcome(NOT_FOUND)
                .elapsed(Duration.ofMillis(900))
                .attempts(List.of(attempt(4, "503"), attempt(5, "404")))
                .build();
        CallEnding ending = CallEnding.of(record, 5, Optional.empty(), Optional.empty());

        assertThat(StepFields.status(ending)).isEqualTo("error");
        assertThat(fields(LATEST, ending)).isEqualTo(Definitions.parse("""
                { "stepType": "Action", "actionName": "Sms", "actionType": "customHttpAction",
                  "actionParameterized": false, "actionBusinessType": "customer",
                  "actionID": "OrderShippedSms-3", "actionVersion": 3, "callId": "%s",
                  "actionOriginEndpoint": "https://sms.example.com/v1/messages/p-1?q=p-1", "actionOriginMethod": "POST",
                  "outcome": "failed", "jo_status_code": "http_404", "attempts": 5,
                  "actionExecutionTime": 900, "actionExecutionError": "http", "actionExecutionErrorCode": "404",
                  "actionExecutionOriginStartTime": "2026-01-31T12:00:05.000Z", "actionExecutionOriginTime": 50,
                  "actionWaitTime": 400, "actionOriginIsMTLS": true, "actionIsProxy": false, "actionIsThrottled": true }""".formatted(record.callId())));
    }

    @ParameterizedTest
    @CsvSource({
        "503 TIMEOUT, http 503",
        "RESET TIMEOUT, error reset",
        "DNS ATTEMPT_TIMEOUT, error dns",
        "503 RESET TIMEOUT, error reset",
        "RESET 503 TIMEOUT, http 503",
        "ATTEMPT_TIMEOUT TIMEOUT, timedout attempt-timeout",
        "CONNECT, error connect",
        "302 TIMEOUT, ' '",
        "ATTEMPT_TIMEOUT, ' '",
        "TIMEOUT, ' '",
        "'', ' '"
    })
    void a_timeout_tells_what_the_attempt_before_it_ended_with(String ends, String origin) {
        List<AttemptRecord> attempts = new ArrayList<>();
        for (String end : ends.isEmpty() ? new String[0] : ends.split(" ")) {
            attempts.add(attempt(attempts.size() + 1, end));
        }
        CallRecord record =
                CallRecords.call().outcome(TIMED_OUT).attempts(attempts).build();
        CallEnding ending = CallEnding.of(record, attempts.size(), Optional.empty(), Optional.empty());

        ObjectNode fields = fields(LATEST, ending);
        assertThat(StepFields.status(ending)).isEqualTo("timedout");
        assertThat(fields.get("actionExecutionError").textValue()).isEqualTo("timedout");
        assertThat(fields.has("actionExecutionErrorCode")).isFalse();
        assertThat(fields.path("actionExecutionOriginError").asText() + " "
                        + fields.path("actionExecutionOriginCode").asText())
                .isEqualTo(origin);
    }

    @Test
    void where_a_call_would_have_gone_is_told_as_far_as_it_is_known() {
        Fault fault = new Fault(StepIssue.ARGUMENTS_INVALID, "no");
        Target target = new Target("Sms", 7, HttpMethod.PUT, "https://sms.example.com/v1");
        JsonNode known = Definitions.parse("""
                { "stepType": "Action", "actionName": "Sms", "actionType": "customHttpAction",
                  "actionParameterized": false, "actionBusinessType": "customer", "actionID": "Sms-7", "actionVersion": 7,
                  "actionOriginEndpoint": "https://sms.example.com/v1", "actionOriginMethod": "PUT", "attempts": 0,
                  "actionExecutionTime": 0, "actionExecutionError": "error",
                  "errorCode": "arguments-invalid", "errorMessage": "no" }""");
        assertThat(fields(LATEST, CallEnding.faulty(fault, Optional.of(target))))
                .isEqualTo(known);

        CallEnding unknown = CallEnding.faulty(fault, Optional.empty());
        assertThat(fields(OptionalInt.of(2), unknown).get("actionID").textValue())
                .isEqualTo("Sms-2");
        assertThat(fields(LATEST, unknown).has("actionID")).isFalse();
    }

    /** As they are read again. */
    private static ObjectNode fields(OptionalInt pinned, CallEnding ending) {
        Stop.Act act = new Stop.Act("notify", "Sms", pinned, Optional.empty(), Map.of(), Optional.empty(), 1, -1);
        return Definitions.parse(StepFields.ofCall(act, ending).toString());
    }

    /**
     * An attempt that began so many seconds after noon as its number says.
     *
     * @param end a status, or the code of an error
     */
    private static AttemptRecord attempt(int number, String end) {
        boolean isAnswered = Character.isDigit(end.charAt(0));
        Optional<Duration> no = Optional.empty();
        Duration queued = Duration.ofMillis(100L * number);
        return new AttemptRecord(
                number,
                NOON.plusSeconds(number),
                HttpMethod.POST,
                "https://sms.example.com/v1",
                new CapturedMessage(List.of(), Optional.empty(), false),
                isAnswered ? OptionalInt.of(Integer.parseInt(end)) : OptionalInt.empty(),
                Optional.empty(),
                isAnswered ? Optional.empty() : Optional.of(new CallError(CallErrorCode.valueOf(end), "why")),
                new Timings(Optional.of(queued), no, no, no, no, Duration.ofMillis(10L * number)),
                new Passage(false, number == 5, number == 4, number == 5),
                no);
    }
}
