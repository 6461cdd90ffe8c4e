package dev.onward.calllog.table;

import dev.onward.call.AttemptRecord;
import dev.onward.call.CallError;
import dev.onward.call.CallOrigin;
import dev.onward.call.CallRecord;
import dev.onward.call.Outcome;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.JsonBuffer;
import dev.onward.value.Times;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The row of {@code onward.call_record} that a call becomes, as a line of COPY. A spool of format version 2 holds such
 * lines with just these columns.
 */
public final class CallRow {

    /** In the order of the line. */
    static final List<String> COLUMNS = List.of(
            "call_id",
            "at",
            "sandbox",
            "action",
            "action_version",
            "journey",
            "step_id",
            "instance_id",
            "profile_id",
            "caller_id",
            "outcome",
            "jo_status_code",
            "status",
            "attempts",
            "elapsed_ms",
            "method",
            "url",
            "host",
            "error_code",
            "error_message",
            "queued_ms",
            "document");

    private CallRow() {}

    /** The line, its end included. */
    public static byte[] of(CallRecord call, RowBuffers buffers) {
        JsonBuffer document = buffers.documents().take();
        CallDocument.write(call, document);
        return of(call, call.attempts().size(), document, buffers);
    }

    /** The line of a call that made attempts before those of its record. */
    public static byte[] of(EndedCall ended, RowBuffers buffers) {
        CallRecord call = ended.record();
        JsonBuffer document = buffers.documents().take();
        CallDocument.write(ended, document);
        return of(call, ended.attempts(), document, buffers);
    }

    private static byte[] of(CallRecord call, int attempts, JsonBuffer document, RowBuffers buffers) {
        JsonBuffer line = buffers.lines().take();
        CopyRow row = new CopyRow(line)
                .text(call.callId().toString())
                .text(Times.text(call.at()))
                .text(call.sandbox().name())
                .text(call.action())
                .number(call.actionVersion());
        origin(call.origin(), row);
        outcome(call.outcome(), row);
        row.number(attempts)
                .number(call.elapsed().toMillis())
                .text(call.method().name())
                .text(call.url())
                .text(call.host());
        error(call.outcome().error(), row);
        queued(call.attempts(), row);
        byte[] bytes = row.utf8(document.array(), document.size()).toBytes();
        buffers.lines().giveBack(line);
        buffers.documents().giveBack(document);
        return bytes;
    }

    /** Whether a line, whole or damaged, speaks of the profile. */
    public static boolean isOf(byte[] line, Sandbox sandbox, String profileId) {
        return Arrays.equals(column(line, "sandbox"), alone(sandbox.name()))
                && Arrays.equals(column(line, "profile_id"), alone(profileId));
    }

    private static byte[] column(byte[] line, String name) {
        return CopyRow.column(line, COLUMNS.indexOf(name));
    }

    private static byte[] alone(String text) {
        return CopyRow.column(
                new CopyRow(new JsonBuffer(text.length() + 2)).text(text).toBytes(), 0);
    }

    private static void origin(CallOrigin origin, CopyRow row) {
        row.text(origin.journey())
                .text(origin.stepId())
                .text(origin.instanceId())
                .text(origin.profileId())
                .text(origin.callerId());
    }

    private static void outcome(Outcome outcome, CopyRow row) {
        row.text(outcome.wireName()).text(outcome.joStatusCode());
        if (outcome.status().isPresent()) {
            row.number(outcome.status().getAsInt());
        } else {
            row.nothing();
        }
    }

    /** Of the first attempt, as reports sum it up: they read no documents. */
    private static void queued(List<AttemptRecord> attempts, CopyRow row) {
        Optional<Duration> queued = attempts.isEmpty()
                ? Optional.empty()
                : attempts.get(0).timings().queued();
        queued.ifPresentOrElse(wait -> row.number(wait.toMillis()), row::nothing);
    }

    private static void error(Optional<CallError> error, CopyRow row) {
        row.text(error.map(told -> told.code().code())).text(error.map(CallError::message));
    }
}
