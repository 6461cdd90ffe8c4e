package dev.onward.dispatch.store;

import dev.onward.action.CallbackReceiver;
import dev.onward.call.CallId;
import dev.onward.call.CallIds;
import dev.onward.call.CallLinks;
import dev.onward.call.HttpMethod;
import dev.onward.calllog.LogJson;
import dev.onward.calllog.table.EndedCall;
import dev.onward.dispatch.store.DurableCall.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The calls that tell the ends of others: durable calls, stored in the transactions of those ends, so that none is lost and
 * none is stored twice. Thread-safe.
 */
@ApplicationScoped
public class CallbackCalls {

    /** What is sent may have 1 MiB; the writer of the message needs none of the room that is left. */
    private static final int MOST_BYTES = 1_000_000;

    private final CallIds ids;

    public CallbackCalls(CallIds ids) {
        this.ids = ids;
    }

    /**
     * A call that ends.
     *
     * @param shown what the log keeps of it
     */
    record End(DurableCall call, EndedCall shown) {}

    /** Stores a call for each end that is to be told, in the transaction of the handle; gives those calls. */
    List<DurableCall> store(Handle handle, List<End> ends) throws SQLException {
        List<DurableCall> callbacks = ends.stream().flatMap(this::callback).toList();
        AcceptStore.store(handle, callbacks);
        return callbacks;
    }

    private Stream<DurableCall> callback(End end) {
        return end.call().callback().flatMap(CallbackReceiver::stored).stream()
                .map(receiver -> callback(end, receiver));
    }

    /** It belongs to whom the call belonged to: its caller may see it, and it is erased with its person. */
    private DurableCall callback(End end, CallbackReceiver receiver) {
        CallId id = ids.next();
        DurableCall call = end.call();
        return new DurableCall(
                id,
                new Lane(call.sandbox(), receiver.origin(), CallbackReceiver.ACTION, ""),
                CallbackReceiver.ACTION,
                CallbackReceiver.VERSION,
                call.origin(),
                new Target(HttpMethod.POST, receiver.url(), receiver.host()),
                CallbackReceiver.invocation(LogJson.ended(end.shown(), MOST_BYTES)),
                false,
                id.madeAt().plus(CallbackReceiver.DURABILITY.maxAge()),
                CallLinks.callbackOf(call.id()),
                OptionalInt.empty(),
                Optional.empty());
    }
}
