package dev.onward.call.guard;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallErrorCode;
import java.util.Set;

/** What the end of an attempt says about the health of its host. */
enum Verdict {
    /** It answered, and not with a 5xx: a 429 is a healthy host that has enough. */
    GOOD,
    /** It could not be reached, did not answer in time, broke off, or answered with a 5xx. */
    BAD,
    /** Nothing: we refused, or the answer was too large for us. */
    NONE;

    private static final Set<CallErrorCode> BAD_CODES = Set.of(
            CallErrorCode.DNS,
            CallErrorCode.CONNECT,
            CallErrorCode.TLS_HANDSHAKE,
            CallErrorCode.RESET,
            CallErrorCode.PROTOCOL,
            CallErrorCode.ATTEMPT_TIMEOUT,
            CallErrorCode.TIMEOUT);

    static Verdict of(AttemptEnd end) {
        return end.map(
                answered -> ofStatus(answered.answer().status()),
                failed -> BAD_CODES.contains(failed.error().code()) ? BAD : NONE);
    }

    private static Verdict ofStatus(int status) {
        return status >= 500 && status <= 599 ? BAD : GOOD;
    }
}
