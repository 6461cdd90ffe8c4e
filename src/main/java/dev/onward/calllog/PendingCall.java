package dev.onward.calllog;

import dev.onward.call.CallId;
import dev.onward.call.CallLinks;
import dev.onward.call.CallOrigin;
import dev.onward.sandbox.Sandbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A call that was accepted and has not ended.
 *
 * @param at when it was accepted, to the millisecond
 * @param actionVersion at its acceptance; it runs on the latest one
 * @param running whether it is being sent, or may be
 * @param nextAttemptAt when it is tried again at the earliest, if it was tried
 * @param attempts the number of attempts that have ended
 * @param method as rendered at its acceptance
 * @param url as rendered at its acceptance
 * @param attemptRecords compact JSON objects, the first attempt first
 * @param links the other call that it comes from, if it does
 */
public record PendingCall(
        CallId callId,
        Instant at,
        Sandbox sandbox,
        String action,
        int actionVersion,
        CallOrigin origin,
        boolean running,
        Optional<Instant> nextAttemptAt,
        int attempts,
        String method,
        String url,
        String host,
        List<String> attemptRecords,
        CallLinks links) {

    public PendingCall {
        attemptRecords = List.copyOf(attemptRecords);
    }
}
