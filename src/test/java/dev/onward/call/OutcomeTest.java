package dev.onward.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How clients see the ends of calls. */
class OutcomeTest {

    private static final CallError REASON = new CallError(CallErrorCode.PAUSED, "why");
    private static final OptionalInt NO_STATUS = OptionalInt.empty();

    @ParameterizedTest
    @MethodSource
    void every_end_has_its_names(Outcome outcome, String wireName, String joStatusCode) {
        assertThat(outcome.wireName()).isEqualTo(wireName);
        assertThat(outcome.joStatusCode()).isEqualTo(joStatusCode);
    }

    static Stream<Arguments> every_end_has_its_names() {
        return Stream.of(
                arguments(new Outcome.Succeeded(204), "succeeded", "http_204"),
                arguments(new Outcome.Failed(OptionalInt.of(404), Optional.empty()), "failed", "http_404"),
                arguments(new Outcome.Failed(NO_STATUS, Optional.of(REASON)), "failed", "internalError"),
                arguments(new Outcome.TimedOut(OptionalInt.of(503), Optional.empty()), "timedOut", "http_503"),
                arguments(new Outcome.TimedOut(NO_STATUS, Optional.of(REASON)), "timedOut", "timedout"),
                arguments(new Outcome.Expired(REASON), "expired", "internalError"),
                arguments(new Outcome.Cancelled(REASON), "cancelled", "internalError"),
                arguments(new Outcome.Capped(REASON), "capped", "capped"),
                arguments(new Outcome.SkippedConsent(), "skippedConsent", "internalError"),
                arguments(new Outcome.Blocked(REASON), "blocked", "internalError"));
    }

    @Test
    void whoever_was_held_back_hears_why() {
        assertThat(List.of(
                        new Outcome.Expired(REASON),
                        new Outcome.Cancelled(REASON),
                        new Outcome.Capped(REASON),
                        new Outcome.Blocked(REASON)))
                .extracting(Outcome::error)
                .containsOnly(Optional.of(REASON));
    }

    @Test
    void only_a_success_is_one() {
        assertThat(new Outcome.Succeeded(200).isSuccess()).isTrue();
        assertThat(List.of(
                        new Outcome.Failed(OptionalInt.of(200), Optional.of(REASON)),
                        new Outcome.TimedOut(OptionalInt.of(200), Optional.empty()),
                        new Outcome.Capped(REASON),
                        new Outcome.SkippedConsent()))
                .noneMatch(Outcome::isSuccess);
    }
}
