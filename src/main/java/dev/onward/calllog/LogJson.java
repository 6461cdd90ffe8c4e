package dev.onward.calllog;

import dev.onward.call.CallId;
import dev.onward.call.CallOrigin;
import dev.onward.calllog.search.LogCursor;
import dev.onward.calllog.search.LogPage;
import dev.onward.calllog.search.LoggedCall;
import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonMembers;
import dev.onward.value.Times;
import java.util.Optional;

/** Writes what the log answers, as JSON in UTF-8. What a call does not have is left out. */
final class LogJson {

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
                    .text("replayOf", call.replayOf().map(CallId::toString))
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
