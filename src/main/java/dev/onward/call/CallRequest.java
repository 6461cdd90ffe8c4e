package dev.onward.call;

import dev.onward.call.auth.Credential;
import dev.onward.call.auth.SignedRequest;
import dev.onward.sandbox.Sandbox;
import dev.onward.secret.Masker;
import java.util.Optional;

/**
 * One call to be made.
 *
 * @param idempotencyKey printable ASCII, 1 to 255 characters; sent as {@code Idempotency-Key} with every attempt, without its quotes; the call id unless the
 *     call repeats another whose effect is unknown
 * @param trace of the caller; without it the call begins a trace, whose id is that of the call
 * @param credential that its requests are signed with; never shown to another origin
 * @param masker of what no log may show of the message
 * @param line in which it stands with others
 */
public record CallRequest(
        CallId id,
        Sandbox sandbox,
        OutboundRequest message,
        CallPolicy policy,
        String idempotencyKey,
        Optional<TraceParent> trace,
        Credential credential,
        Masker masker,
        Line line) {

    private static final int LONGEST_KEY = 255;

    public CallRequest {
        if (idempotencyKey.isEmpty() || idempotencyKey.length() > LONGEST_KEY || !isPrintable(idempotencyKey)) {
            throw new IllegalArgumentException("an idempotency key is 1 to 255 printable ASCII characters");
        }
    }

    /** The same call with another message: the next hop of a redirect. */
    public CallRequest withMessage(OutboundRequest next) {
        return new CallRequest(id, sandbox, next, policy, idempotencyKey, trace, credential, masker, line);
    }

    /** The same call with its message signed. */
    public CallRequest signed(SignedRequest signed) {
        return new CallRequest(
                id, sandbox, signed.message(), policy, idempotencyKey, trace, credential, signed.masker(), line);
    }

    /** The same call as somebody without a credential makes it: what proves its sender belongs to another origin. */
    public CallRequest bare() {
        return new CallRequest(id, sandbox, message, policy, idempotencyKey, trace, Credential.NONE, masker, line);
    }

    /** A request that is made on behalf of this call: for the token of its credential. */
    public CallRequest asking(OutboundRequest question, CallPolicy patience, Masker secrets) {
        return new CallRequest(id, sandbox, question, patience, idempotencyKey, trace, credential, secrets, line);
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** A call that begins a trace and proves nothing. */
    public CallRequest(CallId id, Sandbox sandbox, OutboundRequest message, CallPolicy policy, String idempotencyKey) {
        this(id, sandbox, message, policy, idempotencyKey, Optional.empty(), Credential.NONE, Masker.NONE, Line.NONE);
    }
}
