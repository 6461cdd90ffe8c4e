package dev.onward.call;

import java.util.Optional;

/**
 * Who asked for a call.
 *
 * @param callerId the id of the API key that asked; empty for work of Onward's own
 * @param profileId the person it is for
 * @param journey the journey's name
 * @param stepId the step of the journey
 * @param instanceId the profile's way through the journey
 * @param trace in which the caller asked; not stored
 */
public record CallOrigin(
        Optional<String> callerId,
        Optional<String> profileId,
        Optional<String> journey,
        Optional<String> stepId,
        Optional<String> instanceId,
        Optional<TraceParent> trace) {

    /** Outside any trace. */
    public CallOrigin(
            Optional<String> callerId,
            Optional<String> profileId,
            Optional<String> journey,
            Optional<String> stepId,
            Optional<String> instanceId) {
        this(callerId, profileId, journey, stepId, instanceId, Optional.empty());
    }

    /** A call that an API key asked for, outside any journey. */
    public static CallOrigin ofCaller(String callerId, Optional<String> profileId) {
        return new CallOrigin(Optional.of(callerId), profileId, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same one, inside this trace. */
    public CallOrigin in(Optional<TraceParent> callersTrace) {
        return new CallOrigin(callerId, profileId, journey, stepId, instanceId, callersTrace);
    }

    /**
     * The same caller, who repeats a call of this other origin: the step of the journey stays to be seen. The instance does
     * not, as it has gone on with the call's first end, and must not be told of another one.
     */
    public CallOrigin repeating(CallOrigin first) {
        return new CallOrigin(callerId, profileId, first.journey, first.stepId, Optional.empty(), trace);
    }
}
