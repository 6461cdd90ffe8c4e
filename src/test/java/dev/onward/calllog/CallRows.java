package dev.onward.calllog;

import dev.onward.call.CallRecord;
import dev.onward.calllog.table.CallRow;
import dev.onward.calllog.table.EndedCall;
import dev.onward.calllog.table.RowBuffers;

/** Rows of the log, as the spool holds them. */
public final class CallRows {

    private CallRows() {}

    public static byte[] of(CallRecord call) {
        return CallRow.of(call, new RowBuffers());
    }

    static byte[] of(EndedCall ended) {
        return CallRow.of(ended, new RowBuffers());
    }
}
