package dev.onward.call.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.testsupport.ScriptedTransport;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Set<CallErrorCode> BAD = EnumSet.of(
            CallErrorCode.DNS,
            CallErrorCode.CONNECT,
            CallErrorCode.TLS_HANDSHAKE,
            CallErrorCode.ATTEMPT_TIMEOUT,
            CallErrorCode.TIMEOUT,
            CallErrorCode.RESET,
            CallErrorCode.PROTOCOL);

    @Test
    void of_all_statuses_only_5xx_speak_against_a_host() {
        for (int status = 100; status <= 999; status++) {
            assertThat(Verdict.of(ScriptedTransport.answered(status)))
                    .as("status %d", status)
                    .isEqualTo(status >= 500 && status <= 599 ? Verdict.BAD : Verdict.GOOD);
        }
    }

    @Test
    void failures_of_the_network_speak_against_a_host_and_refusals_of_ours_say_nothing() {
        for (CallErrorCode code : CallErrorCode.values()) {
            AttemptEnd end = new AttemptEnd.Failed(new CallError(code, "scripted"), true, OptionalInt.of(200));

            assertThat(Verdict.of(end)).as(code.code()).isEqualTo(BAD.contains(code) ? Verdict.BAD : Verdict.NONE);
        }
    }
}
