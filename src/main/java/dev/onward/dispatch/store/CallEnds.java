package dev.onward.dispatch.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.CallRecord;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Waits for calls of its own. What stands above the queue implements it. Thread-safe. */
public interface CallEnds {

    /**
     * A call has its outcome. It has no fields when it ended without an answer, and when its person was erased.
     *
     * @param record what the log keeps of its last run
     * @param attempts of all its runs, as the log counts them
     * @param response the fields of the response sample that a good answer had
     * @param errorResponse the fields of the error sample that a bad answer had
     */
    record CallEnd(
            DurableCall call,
            CallRecord record,
            int attempts,
            Optional<JsonNode> response,
            Optional<JsonNode> errorResponse) {}

    /**
     * Writes what follows from the ends of calls, in the transaction that ends them: both happen, or neither. Blocking.
     *
     * @param ends of calls whose origin names an instance, which a replay's does not; each told once in all transactions
     *     that commit
     * @return what to do after the commit, and never without it; it must not block, and what it throws is only logged
     * @throws SQLException when the transaction must not commit, as after whatever else this throws; the end of a run is
     *     tried again, cancelling and erasing fail
     */
    Runnable ended(Handle handle, List<CallEnd> ends) throws SQLException;
}
