package dev.onward.dispatch.store;

import dev.onward.call.CallId;
import dev.onward.call.CallLinks;
import dev.onward.call.CallOrigin;
import dev.onward.call.CallRecord;
import dev.onward.call.HttpMethod;
import dev.onward.call.Outcome;
import dev.onward.sandbox.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A call as it was accepted.
 *
 * @param id made at its acceptance, and sent as {@code Idempotency-Key} with every attempt
 * @param lane where it goes
 * @param actionVersion at its acceptance
 * @param target of the message as it was rendered at its acceptance
 * @param invocation JSON text
 * @param atMostOnce whether the action asked for {@code at-most-once} at its acceptance
 * @param deadline after which no attempt begins
 * @param links the other call that it comes from
 * @param pinned the version to run on; empty for the latest
 * @param callback the URL that its end is told to
 */
public record DurableCall(
        CallId id,
        Lane lane,
        String action,
        int actionVersion,
        CallOrigin origin,
        Target target,
        String invocation,
        boolean atMostOnce,
        Instant deadline,
        CallLinks links,
        OptionalInt pinned,
        Optional<String> callback) {

    public DurableCall {
        if (callback.isPresent() && links.callbackOf().isPresent()) {
            throw new IllegalArgumentException("the end of a callback is told to nobody");
        }
    }

    /**
     * What the log shows of a message.
     *
     * @param url redacted
     */
    public record Target(HttpMethod method, String url, String host) {}

    public Sandbox sandbox() {
        return lane.sandbox();
    }

    /** Whether it tells the end of another call. */
    public boolean isCallback() {
        return links.callbackOf().isPresent();
    }

    /** What the call takes of its sandbox's quota. */
    public int bytes() {
        return invocation.length();
    }

    /** The record of an end that no run brought about. */
    public CallRecord ended(Outcome outcome, Instant now) {
        return new CallRecord(
                id,
                id.madeAt(),
                sandbox(),
                action,
                actionVersion,
                origin,
                outcome,
                age(now),
                target.method(),
                target.url(),
                target.host(),
                List.of(),
                List.of());
    }

    /** How long ago it was accepted; never negative, whatever the clocks of several processes say. */
    public Duration age(Instant now) {
        Duration age = Duration.between(id.madeAt(), now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
