package dev.onward.journey.instance;

import static dev.onward.journey.instance.Walked.NOW;
import static dev.onward.journey.instance.Walked.instance;
import static dev.onward.journey.instance.Walked.known;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.HttpMethod;
import dev.onward.journey.definition.JourneyState;
import dev.onward.journey.instance.CallEnding.Fault;
import dev.onward.journey.instance.CallEnding.Target;
import dev.onward.journey.mapping.RouteCatalogue.Known;
import dev.onward.testsupport.Definitions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalkTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private static final String CALL_WAIT_CALL = """
            { "id": "one", "action": "Sms", "arguments": { "text": "@event{Order.id}" } },
            { "id": "pause", "wait": "PT1H" },
            { "id": "two", "action": "Sms", "arguments": { "text": "@action{one.jo_status_code}" } }""";

    @Test
    void it_halts_at_the_first_call_with_its_invocation() {
        Progress progress = walk(CALL_WAIT_CALL, NOW).begin();
        assertThat(progress.halt().step()).isEqualTo("one");
        assertThat(progress.halt().call().orElseThrow().invocation())
                .isEqualTo(Definitions.parse("{ \"profileId\": \"p-1\", \"arguments\": { \"text\": \"A-7\" } }"));
        assertThat(progress.records()).isEmpty();
    }

    @Test
    void after_a_call_it_waits_until_a_time_and_then_goes_on() {
        Progress waiting = walk(CALL_WAIT_CALL, NOW).called("one", good("http_202"));
        assertThat(waiting.halt()).isEqualTo(new Halt.Waits("pause", NOW.plus(HOUR)));
        assertThat(waiting.records()).extracting(StepRecord::stepId).containsExactly("one");
        Progress on = walk(known(JourneyState.LIVE, CALL_WAIT_CALL), waiting.instance(), NOW.plus(HOUR))
                .resumed("pause");
        assertThat(on.records()).extracting(StepRecord::number).containsExactly(1);
        assertThat(on.halt()
                        .call()
                        .orElseThrow()
                        .invocation()
                        .at("/arguments/text")
                        .textValue())
                .isEqualTo("http_202");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT0S", "PT1H", "P90D"})
    void what_is_resumed_goes_on_wherever_the_clock_has_jumped(String jump) {
        Progress on = walk(CALL_WAIT_CALL, NOW.plus(Duration.parse(jump))).resumed("pause");
        assertThat(on.halt().step()).isEqualTo("two");
        assertThat(on.records().get(0).at()).isEqualTo(NOW.plus(Duration.parse(jump)));
    }

    @Test
    void after_91_days_it_ends_wherever_it_stands() {
        Progress late = walk(CALL_WAIT_CALL, NOW.plus(Walk.LONGEST)).resumed("pause");
        assertThat(late.halt()).isEqualTo(new Halt.Ended("pause", Ending.TIMED_OUT));
        assertThat(late.records()).extracting(StepRecord::status).containsExactly("instanceTimedout");
        assertThat(walk(CALL_WAIT_CALL, NOW.plus(Walk.LONGEST).minusMillis(1))
                        .resumed("pause")
                        .halt()
                        .step())
                .isEqualTo("two");
    }

    @Test
    void a_failed_call_that_nothing_catches_ends_it() {
        Progress failed = walk(CALL_WAIT_CALL, NOW).called("one", failed());
        assertThat(failed.halt()).isEqualTo(new Halt.Ended("one", Ending.FAILED));
        assertThat(failed.records()).extracting(StepRecord::status).containsExactly("error");
    }

    @Test
    void a_failed_call_takes_its_error_path_and_then_the_next_step() {
        String steps = """
                { "id": "one", "action": "Sms", "arguments": { "text": "'x'" },
                  "onError": [ { "id": "alert", "action": "Sms", "arguments": { "text": "'y'" } } ] },
                { "id": "pause", "wait": "PT1S" }""";
        assertThat(walk(steps, NOW).called("one", failed()).halt().step()).isEqualTo("alert");
        assertThat(walk(steps, NOW).called("one", good("http_200")).halt().step())
                .isEqualTo("pause");
        assertThat(walk(steps, NOW).called("alert", good("http_200")).halt().step())
                .isEqualTo("pause");
        assertThat(walk(steps, NOW).called("alert", failed()).halt()).isEqualTo(new Halt.Ended("alert", Ending.FAILED));
    }

    @Test
    void a_failed_call_goes_on_where_its_step_says_so() {
        String steps = """
                { "id": "one", "action": "Sms", "continueOnError": true, "arguments": { "text": "'x'" } },
                { "id": "tell", "action": "Sms", "arguments": { "text": "lastErrorCode" } }""";
        Progress on = walk(steps, NOW).called("one", failed());
        assertThat(on.halt()
                        .call()
                        .orElseThrow()
                        .invocation()
                        .at("/arguments/text")
                        .textValue())
                .isEqualTo("error");
    }

    @Test
    void an_argument_without_a_value_fails_its_step_as_a_call_would() {
        String steps = """
                { "id": "one", "action": "Sms", "arguments": { "text": "toString(@event{Order.total} > 1)" },
                  "onError": [ { "id": "pause", "wait": "PT1S" } ] }""";
        Progress progress = walk(steps, NOW, "{ \"total\": \"much\" }").begin();
        assertThat(progress.halt().step()).isEqualTo("pause");
        assertThat(progress.records().get(0).fields().path("errorCode").textValue())
                .isNotBlank();
    }

    @Test
    void a_condition_chooses_and_null_counts_as_false() {
        String steps = """
                { "id": "vip", "if": "@event{Order.vip}", "then": [ { "id": "a", "wait": "PT1S" } ],
                  "else": [ { "id": "b", "wait": "PT1S" } ] }""";
        assertThat(walk(steps, NOW, "{ \"vip\": true }").begin().halt().step()).isEqualTo("a");
        assertThat(walk(steps, NOW, "{ \"vip\": false }").begin().halt().step()).isEqualTo("b");
        assertThat(walk(steps, NOW, "{ \"vip\": null }").begin().halt().step()).isEqualTo("b");
        assertThat(walk(steps, NOW, "{}").begin().halt().step()).isEqualTo("b");
    }

    @Test
    void a_condition_without_a_value_ends_it() {
        String steps = """
                { "id": "sum", "if": "@event{Order.total} > 1", "then": [ { "id": "a", "wait": "PT1S" } ] }""";
        Progress progress = walk(steps, NOW, "{ \"total\": \"much\" }").begin();
        assertThat(progress.halt()).isEqualTo(new Halt.Ended("sum", Ending.FAILED));
        assertThat(progress.records()).extracting(StepRecord::status).containsExactly("error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0.5", "\"true\"", "\"false\"", "[ true ]", "{ \"a\": true }"})
    void a_condition_that_gives_no_boolean_ends_it(String vip) {
        String steps = """
                { "id": "vip", "if": "@event{Order.vip}", "then": [ { "id": "a", "wait": "PT1S" } ] }""";
        Progress progress = walk(steps, NOW, "{ \"vip\": " + vip + " }").begin();
        assertThat(progress.halt()).isEqualTo(new Halt.Ended("vip", Ending.FAILED));
        assertThat(progress.records()).extracting(StepRecord::status).containsExactly("error");
        assertThat(progress.records().get(0).fields().path("errorCode").textValue())
                .isEqualTo("wrong-type");
    }

    @Test
    void an_end_completes_it() {
        String steps = """
                { "id": "vip", "if": "true", "then": [ { "id": "stop", "end": true } ] },
                { "id": "never", "wait": "PT1S" }""";
        Progress progress = walk(steps, NOW).begin();
        assertThat(progress.halt()).isEqualTo(new Halt.Ended("stop", Ending.COMPLETED));
        assertThat(progress.records()).extracting(StepRecord::status).containsExactly("transitions", "ended");
    }

    @Test
    void a_paused_journey_holds_it_at_its_next_call_only() {
        Known paused = known(JourneyState.PAUSED, CALL_WAIT_CALL);
        assertThat(walk(paused, instance("{}"), NOW).begin().halt()).isEqualTo(new Halt.Held("one"));
        assertThat(walk(paused, instance("{}"), NOW)
                        .called("one", good("http_200"))
                        .halt())
                .isEqualTo(new Halt.Waits("pause", NOW.plus(HOUR)));
        assertThat(walk(paused, instance("{}"), NOW).resumed("pause").halt()).isEqualTo(new Halt.Held("two"));
        assertThat(walk(CALL_WAIT_CALL, NOW).resumed("two").halt().call()).isPresent();
    }

    @Test
    void a_stopped_journey_ends_it_before_its_next_step() {
        Known stopped = known(JourneyState.STOPPED, CALL_WAIT_CALL);
        assertThat(walk(stopped, instance("{}"), NOW).resumed("pause").halt())
                .isEqualTo(new Halt.Ended("pause", Ending.STOPPED));
        Progress called = walk(stopped, instance("{}"), NOW).called("one", good("http_200"));
        assertThat(called.halt()).isEqualTo(new Halt.Ended("pause", Ending.STOPPED));
        assertThat(called.records()).extracting(StepRecord::status).containsExactly("transitions", "ended");
    }

    @Test
    void a_step_that_is_gone_ends_it() {
        assertThat(walk(CALL_WAIT_CALL, NOW).resumed("gone").halt()).isEqualTo(new Halt.Ended("gone", Ending.FAILED));
        Progress lost = walk(CALL_WAIT_CALL, NOW).called("pause", good("http_200"));
        assertThat(lost.halt()).isEqualTo(new Halt.Ended("pause", Ending.FAILED));
        assertThat(lost.records().get(0).fields().path("errorCode").textValue()).isEqualTo("step-lost");
    }

    private static CallEnding good(String code) {
        Target target = new Target("Sms", 1, HttpMethod.POST, "https://sms.example.com/v1");
        return CallEnding.unrecorded(true, code, target, CallEnding.answer(code, Optional.empty(), Optional.empty()));
    }

    private static CallEnding failed() {
        return CallEnding.faulty(new Fault(StepIssue.ARGUMENTS_INVALID, "no"), Optional.empty());
    }

    private static Walk walk(String steps, Instant now) {
        return walk(steps, now, "{ \"id\": \"A-7\" }");
    }

    private static Walk walk(String steps, Instant now, String payload) {
        return walk(known(JourneyState.LIVE, steps), instance(payload), now);
    }

    private static Walk walk(Known known, Instance instance, Instant now) {
        return new Walk(known, instance, () -> 0, now);
    }
}
