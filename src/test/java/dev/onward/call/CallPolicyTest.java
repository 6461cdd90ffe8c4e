package dev.onward.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.testsupport.Calls;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallPolicyTest {

    private final Calls calls = Calls.to(80);

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void windows_and_attempts_take_time(long nanos) {
        Duration none = Duration.ofNanos(nanos);

        assertThatThrownBy(() -> calls.window(none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("window must be longer than zero");
        assertThatThrownBy(() -> calls.attemptTimeout(none)).hasMessageStartingWith("attemptTimeout must be longer");
    }

    @Test
    void an_attempt_takes_no_longer_than_a_shorter_window_and_the_rest_stays() {
        CallPolicy policy = calls.maxConcurrency(7).redirects(Redirects.AJO).policy();

        CallPolicy shorter = policy.withWindow(Duration.ofSeconds(4));

        assertThat(shorter.window()).isEqualTo(Duration.ofSeconds(4));
        assertThat(shorter.attemptTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(shorter.endpoint()).isEqualTo(new EndpointRules(Redirects.AJO, OptionalInt.of(7)));
        assertThat(policy.withWindow(Duration.ofSeconds(20)).attemptTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_call_that_may_have_to_wait_takes_up_to_twice_its_window() {
        assertThat(calls.policy().longest()).isEqualTo(Duration.ofSeconds(30));
        assertThat(calls.maxConcurrency(1).policy().longest()).isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 12_001})
    void a_concurrency_out_of_its_bounds_is_refused(int bound) {
        assertThatThrownBy(() -> calls.maxConcurrency(bound))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 1 to 12000, found " + bound);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u007fb", "a\nb", "\u001f", "ä"})
    void an_idempotency_key_is_printable_ascii(String key) {
        assertThatThrownBy(() -> calls.key(key).build()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_idempotency_key_has_255_characters_at_most() {
        assertThat(calls.key(" ~".repeat(127) + "x").build().idempotencyKey()).hasSize(255);
        assertThatThrownBy(() -> calls.key("x".repeat(256)).build()).isInstanceOf(IllegalArgumentException.class);
    }
}
