package dev.onward.call;

import dev.onward.sandbox.Sandbox;

/**
 * One call to be made.
 *
 * @param idempotencyKey sent as {@code Idempotency-Key} with every attempt, without its quotes; the call id unless the
 *     call repeats another whose effect is unknown
 */
public record CallRequest(
        CallId id, Sandbox sandbox, OutboundRequest message, CallPolicy policy, String idempotencyKey) {}
