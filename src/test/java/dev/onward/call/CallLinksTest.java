package dev.onward.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallLinksTest {

    private static final CallIds IDS = new CallIds(Clock.systemUTC(), new Random(1));
    private static final CallId CALL = IDS.next();

    @Test
    void a_call_may_repeat_another() {
        assertThat(CallLinks.replayOf(CALL)).isEqualTo(new CallLinks(Optional.of(CALL), Optional.empty()));
    }

    @Test
    void a_call_may_tell_the_end_of_another() {
        assertThat(CallLinks.callbackOf(CALL)).isEqualTo(new CallLinks(Optional.empty(), Optional.of(CALL)));
    }

    @Test
    void a_call_does_not_do_both() {
        Optional<CallId> one = Optional.of(CALL);
        Optional<CallId> other = Optional.of(IDS.next());

        assertThatThrownBy(() -> new CallLinks(one, other)).isInstanceOf(IllegalArgumentException.class);
    }
}
