package dev.onward.call;

import dev.onward.sandbox.Sandbox;

/**
 * One call to be made.
 *
 * @param idempotencyKey printable ASCII, 1 to 255 characters; sent as {@code Idempotency-Key} with every attempt, without its quotes; the call id unless the
 *     call repeats another whose effect is unknown
 */
public record CallRequest(
        CallId id, Sandbox sandbox, OutboundRequest message, CallPolicy policy, String idempotencyKey) {

    private static final int LONGEST_KEY = 255;

    public CallRequest {
        if (idempotencyKey.isEmpty() || idempotencyKey.length() > LONGEST_KEY || !isPrintable(idempotencyKey)) {
            throw new IllegalArgumentException("an idempotency key is 1 to 255 printable ASCII characters");
        }
    }

    /** The same call with another message: the next hop of a redirect. */
    public CallRequest withMessage(OutboundRequest next) {
        return new CallRequest(id, sandbox, next, policy, idempotencyKey);
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
