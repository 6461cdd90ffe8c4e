package dev.onward.dispatch;

import dev.onward.call.CallId;
import dev.onward.calllog.CallLog;
import dev.onward.calllog.CallNotFoundException;
import dev.onward.calllog.search.CallLogStore;
import dev.onward.calllog.search.LogScope;
import dev.onward.dispatch.store.PendingStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Takes calls back. Blocking, thread-safe. */
@ApplicationScoped
class Cancellations {

    private final PendingStore pending;
    private final CallLogStore ended;
    private final CallLog log;

    Cancellations(PendingStore pending, CallLogStore ended, CallLog log) {
        this.pending = pending;
        this.ended = ended;
        this.log = log;
    }

    /**
     * Takes a call back.
     *
     * @param id empty for a text that is no id
     * @throws NotCancellableException when it is being sent, or has ended
     * @throws CallNotFoundException when there is no such call in scope
     */
    void cancel(LogScope scope, Optional<CallId> id) {
        CallId known = id.orElseThrow(CallNotFoundException::new);
        switch (pending.cancel(scope, known)) {
            case DONE -> {}
            case RUNNING -> throw new NotCancellableException("the call is being sent; see its state in the log");
            case NOT_PENDING -> throw notPending(scope, known);
        }
    }

    private RuntimeException notPending(LogScope scope, CallId id) {
        log.awaitForReader();
        return ended.find(scope, id).isPresent()
                ? new NotCancellableException("the call has ended; its outcome is in the log")
                : new CallNotFoundException();
    }
}
