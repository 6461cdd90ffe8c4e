package dev.onward.call;

import dev.onward.sandbox.Sandbox;
import dev.onward.value.Issue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the log keeps of one invocation, sent or not: redacted, complete, never changed afterwards.
 *
 * @param at when the call began, cut to the millisecond
 * @param url of the call, redacted; where redirects led to stands in the attempts
 * @param warnings what the mapping of the answer noted, with pointers into the answer
 */
public record CallRecord(
        CallId callId,
        Instant at,
        Sandbox sandbox,
        String action,
        int actionVersion,
        CallOrigin origin,
        Outcome outcome,
        Duration elapsed,
        HttpMethod method,
        String url,
        String host,
        List<AttemptRecord> attempts,
        List<Issue> warnings) {

    public CallRecord {
        attempts = List.copyOf(attempts);
        warnings = List.copyOf(warnings);
    }

    /** The same call seen from its acceptance: another time of its end, its attempts counted on. */
    public CallRecord since(Duration accepted, List<AttemptRecord> numbered) {
        return new CallRecord(
                callId,
                at,
                sandbox,
                action,
                actionVersion,
                origin,
                outcome,
                accepted,
                method,
                url,
                host,
                numbered,
                warnings);
    }
}
