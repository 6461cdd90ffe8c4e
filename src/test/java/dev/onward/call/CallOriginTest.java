package dev.onward.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallOriginTest {

    private static final Optional<String> NONE = Optional.empty();
    private static final Optional<TraceParent> TRACE =
            TraceParent.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    private final CallOrigin inJourney = new CallOrigin(
            NONE, Optional.of("p-1"), Optional.of("welcome"), Optional.of("sms"), Optional.of("instance-1"));

    @Test
    void a_call_of_an_api_key_stands_outside_of_journeys_and_traces() {
        CallOrigin origin = CallOrigin.ofCaller("key-1", Optional.of("p-1"));

        assertThat(origin)
                .isEqualTo(
                        new CallOrigin(Optional.of("key-1"), Optional.of("p-1"), NONE, NONE, NONE, Optional.empty()));
    }

    @Test
    void a_trace_changes_nothing_else() {
        CallOrigin traced = inJourney.in(TRACE);

        assertThat(traced.trace()).isPresent().isEqualTo(TRACE);
        assertThat(traced.in(Optional.empty())).isEqualTo(inJourney);
    }

    @Test
    void a_repeated_call_shows_its_step_and_who_repeats_it_but_moves_no_instance() {
        CallOrigin repeater = CallOrigin.ofCaller("key-1", Optional.of("p-2")).in(TRACE);

        assertThat(repeater.repeating(inJourney))
                .isEqualTo(new CallOrigin(
                        Optional.of("key-1"),
                        Optional.of("p-2"),
                        Optional.of("welcome"),
                        Optional.of("sms"),
                        NONE,
                        TRACE));
    }
}
