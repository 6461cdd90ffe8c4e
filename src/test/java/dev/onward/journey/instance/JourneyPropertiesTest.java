package dev.onward.journey.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.journey.definition.JourneyState;
import dev.onward.journey.mapping.RouteCatalogue.Known;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions read as bare names. */
class JourneyPropertiesTest {

    private static final String STEPS = """
            { "id": "one", "action": "Sms", "continueOnError": true, "arguments": { "text": "'x'" } },
            { "id": "pause", "wait": "PT1H" },
            { "id": "two", "action": "Sms", "arguments": { "text": "toString(%s)" } }""";

    @ParameterizedTest
    @CsvSource({
        "journeyUID, 00000000-0000-0001-0000-000000000002",
        "journeyVersionUID, 00000000-0000-0001-0000-000000000002-1",
        "journeyVersionName, Walked",
        "journeyVersionDescription, a walk",
        "journeyVersion, 1",
        "externalKey, p-1",
        "profileId, p-1",
        "sandboxName, one",
        "currentNodeId, two",
        "currentNodeName, two",
        "previousNodeId, pause",
        "previousNodeName, pause",
        "lastNodeUIDInError, one",
        "lastNodeNameInError, one",
        "lastNodeTypeInError, Custom Action",
        "lastErrorCode, 404",
        "lastExecutedActionErrorCode, 404",
        "lastActionExecutionElapsedTime, 1234"
    })
    void after_a_failed_call_and_a_wait_each_has_its_value(String property, String value) {
        assertThat(read(property, failed())).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lastNodeUIDInError",
                "lastNodeNameInError",
                "lastNodeTypeInError",
                "lastErrorCode",
                "lastExecutedActionErrorCode"
            })
    void after_a_good_call_no_error_is_told(String property) {
        assertThat(read(property + " is null", good())).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"organizationId", "namespace", "lastDataFetchErrorCode", "lastDataFetchElapsedTime"})
    void what_onward_does_not_have_is_null(String property) {
        assertThat(read(property + " is null", failed())).isEqualTo("true");
    }

    @Test
    void an_instance_reads_its_own_id() {
        Known known = Walked.known(JourneyState.LIVE, STEPS.formatted("instanceUID"));
        Instance instance = Walked.instance("{}");
        Progress progress = new Walk(known, instance, () -> 0, Walked.NOW).resumed("two");
        assertThat(text(progress)).isEqualTo(instance.id().toString());
    }

    /** The value of an expression in the step behind a call and a wait. */
    private static String read(String expression, CallEnding ending) {
        Known known = Walked.known(JourneyState.LIVE, STEPS.formatted(expression));
        Progress waiting = new Walk(known, Walked.instance("{}"), () -> 0, Walked.NOW).called("one", ending);
        return text(new Walk(known, waiting.instance(), () -> 0, Walked.NOW).resumed("pause"));
    }

    private static String text(Progress progress) {
        return progress.halt()
                .call()
                .orElseThrow()
                .invocation()
                .at("/arguments/text")
                .textValue();
    }

    private static CallEnding good() {
        return ending(true, "http_202");
    }

    private static CallEnding failed() {
        return ending(false, "http_404");
    }

    private static CallEnding ending(boolean isGood, String code) {
        return new CallEnding(
                isGood,
                code,
                Optional.empty(),
                Optional.empty(),
                0,
                CallEnding.answer(code, Optional.empty(), Optional.empty()),
                Optional.empty(),
                Duration.ofMillis(1_234));
    }
}
