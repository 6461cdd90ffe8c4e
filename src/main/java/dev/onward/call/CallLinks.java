package dev.onward.call;

import java.util.Optional;

/**
 * The other call that a call comes from; at most one of the two.
 *
 * @param replayOf the call that it repeats
 * @param callbackOf the call whose end it tells
 */
public record CallLinks(Optional<CallId> replayOf, Optional<CallId> callbackOf) {

    /** Of a call that comes from no other. */
    public static final CallLinks NONE = new CallLinks(Optional.empty(), Optional.empty());

    public CallLinks {
        if (replayOf.isPresent() && callbackOf.isPresent()) {
            throw new IllegalArgumentException("a call does not repeat one call and tell the end of another");
        }
    }

    /** Of a call that repeats this one. */
    public static CallLinks replayOf(CallId call) {
        return new CallLinks(Optional.of(call), Optional.empty());
    }

    /** Of a call that tells the end of this one. */
    public static CallLinks callbackOf(CallId call) {
        return new CallLinks(Optional.empty(), Optional.of(call));
    }
}
