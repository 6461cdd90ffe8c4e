package dev.onward.dispatch.store;

import dev.onward.call.CallId;

/**
 * A call that this process runs now.
 *
 * @param sequence in the order of acceptance
 * @param fence number of this claim; what is written under another one is refused
 * @param attempts that ended in the claims before
 * @param failures how many claims before ended with a failure that is tried again
 * @param inDoubt whether a process died that had it: it may have been sent
 * @param doomed whether its person was erased: it must not be sent
 */
public record Claim(
        DurableCall call, long sequence, int fence, int attempts, int failures, boolean inDoubt, boolean doomed) {

    /** Tells the claims of one call apart. */
    public record Id(CallId callId, int fence) {}

    public Id id() {
        return new Id(call.id(), fence);
    }
}
