package dev.onward.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.Action;
import dev.onward.call.CallLinks;
import dev.onward.call.CallOrigin;
import dev.onward.call.Outcome;
import dev.onward.calllog.CallLog;
import dev.onward.calllog.table.EndedCall;
import dev.onward.dispatch.store.AcceptStore;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.dispatch.store.PendingStore;
import dev.onward.invocation.Invoker;
import dev.onward.sandbox.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/**
 * Durable calls that belong to the transaction of somebody else: they are in the queue exactly when that commits, and their
 * ends are told to {@link dev.onward.dispatch.store.CallEnds}. Thread-safe.
 */
@ApplicationScoped
public class StepCalls {

    private static final int TAKEN_BACK_AT_ONCE = 500;

    private final Invoker invoker;
    private final DurableCalls calls;
    private final CallLog log;
    private final PendingStore pending;
    private final Clock clock;

    StepCalls(Invoker invoker, DurableCalls calls, CallLog log, PendingStore pending, Clock clock) {
        this.invoker = invoker;
        this.calls = calls;
        this.log = log;
        this.pending = pending;
        this.clock = clock;
    }

    /**
     * A call, rendered; nothing is stored yet.
     *
     * @param document of the invocation
     * @param origin names the instance
     * @param pinned the version that it runs on; empty for the latest
     * @throws dev.onward.invocation.ArgumentsInvalidException when arguments or path do not fit
     * @throws dev.onward.value.InvalidException with every other fault of the document
     */
    public DurableCall prepare(Action action, JsonNode document, CallOrigin origin, OptionalInt pinned) {
        return new Wanted(action, document, origin, CallLinks.NONE, pinned, Optional.empty()).prepare(invoker);
    }

    /** Puts calls into the queue, in the transaction of the handle. */
    public void store(Handle handle, List<DurableCall> prepared) throws SQLException {
        AcceptStore.store(handle, prepared);
    }

    /** The transaction of {@link #store} has committed: they may begin at once. Without this they begin a moment later. */
    public void stored(Collection<DurableCall> prepared) {
        calls.stored(prepared);
    }

    /** Whether the queue of a sandbox has room for more. What {@link #store} puts there counts, and is never refused. */
    public boolean hasRoom(Sandbox sandbox) {
        return calls.hasRoom(sandbox);
    }

    /** Takes all calls of a journey's instances back that wait; their ends are told. Blocking. */
    public void takeBack(Sandbox sandbox, String journey) {
        int taken;
        do {
            taken = pending.cancelOfJourney(sandbox, journey, TAKEN_BACK_AT_ONCE);
        } while (taken == TAKEN_BACK_AT_ONCE);
    }

    /** Writes calls to the log that are never sent, in the transaction of the handle. */
    public void skip(Handle handle, List<DurableCall> prepared, Outcome outcome) throws SQLException {
        if (!prepared.isEmpty()) {
            log.storeIn(
                    handle,
                    prepared.stream()
                            .map(call ->
                                    new EndedCall(call.ended(outcome, clock.instant()), List.of(), 0, CallLinks.NONE))
                            .toList());
        }
    }
}
