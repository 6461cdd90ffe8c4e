package dev.onward.call;

import dev.onward.sandbox.Sandbox;
import java.util.Optional;
import java.util.regex.Pattern;

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

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]{1,255}");

    public CallRequest {
        if (!PRINTABLE.matcher(idempotencyKey).matches()) {
            throw new IllegalArgumentException("an idempotency key is 1 to 255 printable ASCII characters");
        }
    }

    /** A call that begins a trace. */
    public CallRequest(CallId id, Sandbox sandbox, OutboundRequest message, CallPolicy policy, String idempotencyKey) {
        this(id, sandbox, message, policy, idempotencyKey, Optional.empty());
    }
}
