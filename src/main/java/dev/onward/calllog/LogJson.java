package dev.onward.calllog;

import dev.onward.call.CallError;
import dev.onward.call.CallId;
import dev.onward.call.CallOrigin;
import dev.onward.call.CallRecord;
import dev.onward.calllog.search.LogCursor;
import dev.onward.calllog.search.LogPage;
import dev.onward.calllog.search.LoggedCall;
import dev.onward.calllog.table.EndedCall;
import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonMembers;
import dev.onward.value.Times;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Writes what the log answers, as JSON in UTF-8. What a call does not have is left out. */
public final class LogJson {

    private static final int EXPECTED_BYTES_PER_CALL = 512;

    private LogJson() {}

    static byte[] page(LogPage page) {
        JsonBuffer json = new JsonBuffer(64 + page.calls().size() * EXPECTED_BYTES_PER_CALL);
        JsonMembers.object(json, members -> {
            members.array("items", page.calls(), LogJson::call);
            page.next()
                    .map(LogCursor::toString)
                    .ifPresentOrElse(next -> members.text("next", next), () -> members.nothing("next"));
        });
        return json.toByteArray();
    }

    /**
     * What {@link #single} will show of a call that is about to be stored, as text. What would be longer than a bound shows
     * no attempts.
     */
    public static String ended(EndedCall ended, int mostBytes) {
        byte[] whole = shown(ended);
        return new String(whole.length > mostBytes ? shown(ended.bare()) : whole, StandardCharsets.UTF_8);
    }

    private static byte[] shown(EndedCall ended) {
        CallRecord record = ended.record();
        LoggedCall call = new LoggedCall(
                record.callId(),
                record.at(),
                record.sandbox(),
                record.action(),
                record.actionVersion(),
                record.origin(),
                record.outcome().wireName(),
                record.outcome().joStatusCode(),
                ended.attempts(),
                Duration.ofMillis(record.elapsed().toMillis()),
                record.method().name(),
                record.url(),
                record.host(),
                record.outcome().error().map(error -> error.code().code()),
                record.outcome().error().map(CallError::message));
        return single(new LoggedCall.WithDocument(call, ended.document()));
    }

    static byte[] single(LoggedCall.WithDocument single) {
        JsonBuffer json =
                new JsonBuffer(EXPECTED_BYTES_PER_CALL + single.document().length());
        JsonMembers.object(json, members -> {
            call(single.call(), members);
            members.text("state", "ended").membersOf(single.document());
        });
        return json.toByteArray();
    }

    static byte[] pending(PendingCall call) {
        JsonBuffer json = new JsonBuffer(EXPECTED_BYTES_PER_CALL);
        JsonMembers.object(json, members -> {
            members.text("callId", call.callId().toString())
                    .text("at", Times.text(call.at()))
                    .text("sandbox", call.sandbox().name())
                    .text("action", call.action())
                    .number("actionVersion", call.actionVersion());
            origin(call.origin(), members);
            members.number("attempts", call.attempts())
                    .text("method", call.method())
                    .text("url", call.url())
                    .text("host", call.host())
                    .text("state", call.running() ? "running" : "waiting")
                    .text("replayOf", call.links().replayOf().map(CallId::toString))
                    .text("callbackOf", call.links().callbackOf().map(CallId::toString))
                    .text("nextAttemptAt", call.nextAttemptAt().map(Times::text))
                    .array("attemptRecords", call.attemptRecords(), (text, attempt) -> attempt.membersOf(text));
        });
        return json.toByteArray();
    }

    private static void call(LoggedCall call, JsonMembers members) {
        members.text("callId", call.callId().toString())
                .text("at", Times.text(call.at()))
                .text("sandbox", call.sandbox().name())
                .text("action", call.action())
                .number("actionVersion", call.actionVersion());
        origin(call.origin(), members);
        members.text("outcome", call.outcome())
                .text("jo_status_code", call.joStatusCode())
                .number("attempts", call.attempts())
                .millis("elapsedMs", Optional.of(call.elapsed()))
                .text("method", call.method())
                .text("url", call.url())
                .text("host", call.host());
        call.errorCode()
                .ifPresent(code -> members.object(
                        "error", error -> error.text("code", code).text("message", call.errorMessage())));
    }

    private static void origin(CallOrigin origin, JsonMembers members) {
        members.text("journey", origin.journey())
                .text("stepId", origin.stepId())
                .text("instanceId", origin.instanceId())
                .text("profileId", origin.profileId());
    }
}
