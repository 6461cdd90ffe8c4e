package dev.onward.calllog;

import dev.onward.call.CallId;
import dev.onward.calllog.search.LogScope;
import java.util.Optional;

/**
 * The calls that were accepted and have not ended, which the log shows like its own. Whoever keeps them implements it: a
 * call that is not among them any more must be in the log already. Blocking, thread-safe.
 */
public interface PendingCalls {

    /** The call of this id, or empty when none in scope waits or runs. */
    Optional<PendingCall> find(LogScope scope, CallId callId);
}
