package dev.onward.calllog.table;

import dev.onward.call.CallLinks;
import dev.onward.call.CallRecord;
import dev.onward.value.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A call that ended after more than one run.
 *
 * @param record of its last run
 * @param earlier the attempts of the runs before as compact JSON objects, the first attempt first; the oldest of very
 *     many may be missing
 * @param attempts the number of all attempts
 * @param links the other call that it comes from, if it does
 */
public record EndedCall(CallRecord record, List<String> earlier, int attempts, CallLinks links) {

    public EndedCall {
        earlier = List.copyOf(earlier);
    }

    /** A call that had one run. */
    public static EndedCall of(CallRecord record) {
        return new EndedCall(record, List.of(), record.attempts().size(), CallLinks.NONE);
    }

    /** What only the reader of this one call sees, as the log keeps it: compact JSON text of an object. */
    public String document() {
        JsonBuffer json = new JsonBuffer(1024);
        CallDocument.write(this, json);
        return new String(json.toByteArray(), StandardCharsets.UTF_8);
    }

    /** The same without what was sent and received; its number of attempts stays. */
    public EndedCall bare() {
        return new EndedCall(record.since(record.elapsed(), List.of()), List.of(), attempts, links);
    }
}
