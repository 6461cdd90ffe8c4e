package dev.onward.call;

import dev.onward.sandbox.Sandbox;
import java.util.Optional;

/**
 * One call to be made.
 *
 * @param idempotencyKey printable ASCII, 1 to 255 characters; sent as {@code Idempotency-Key} with every attempt, without its quotes; the call id unless the
 *     call repeats another whose effect is unknown
 * @param trace of the caller; without it the call begins a trace, whose id is that of the call
 */
public record CallRequest(
        CallId id,
        Sandbox sandbox,
        OutboundRequest message,
        CallPolicy policy,
        String idempotencyKey,
        Optional<TraceParent> trace) {

    private static final int LONGEST_KEY = 255;

    public CallRequest {
        if (idempotencyKey.isEmpty() || idempotencyKey.length() > LONGEST_KEY || !isPrintable(idempotencyKey)) {
            throw new IllegalArgumentException("an idempotency key is 1 to 255 printable ASCII characters");
        }
    }

    /** The same call with another message: the next hop of a redirect. */
    public CallRequest withMessage(OutboundRequest next) {
        return new CallRequest(id, sandbox, next, policy, idempotencyKey, trace);
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** A call that begins a trace. */
    public CallRequest(CallId id, Sandbox sandbox, OutboundRequest message, CallPolicy policy, String idempotencyKey) {
        this(id, sandbox, message, policy, idempotencyKey, Optional.empty());
    }
}
