package dev.onward.calllog.search;

import dev.onward.call.CallId;
import java.util.Optional;

/** The stored calls, for readers. Blocking, thread-safe. */
public interface CallLogStore {

    /** One page of the calls that are in scope and match, newest first; stable while calls are added. */
    LogPage find(LogQuery query);

    /** The call of this id, or empty when there is none in scope. */
    Optional<LoggedCall.WithDocument> find(LogScope scope, CallId callId);
}
