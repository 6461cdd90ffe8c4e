package dev.onward.calllog.table;

import dev.onward.call.CallId;
import dev.onward.call.CallRecord;
import java.util.List;
import java.util.Optional;

/**
 * A call that ended after more than one run.
 *
 * @param record of its last run
 * @param earlier the attempts of the runs before as compact JSON objects, the first attempt first; the oldest of very
 *     many may be missing
 * @param attempts the number of all attempts
 * @param replayOf the call that it repeats, if it does
 */
public record EndedCall(CallRecord record, List<String> earlier, int attempts, Optional<CallId> replayOf) {

    public EndedCall {
        earlier = List.copyOf(earlier);
    }

    /** A call that had one run. */
    public static EndedCall of(CallRecord record) {
        return new EndedCall(record, List.of(), record.attempts().size(), Optional.empty());
    }
}
