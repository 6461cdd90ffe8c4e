package dev.onward.calllog.table;

import dev.onward.call.AttemptRecord;
import dev.onward.call.CallError;
import dev.onward.call.CallRecord;
import dev.onward.call.CapturedMessage;
import dev.onward.call.Timings;
import dev.onward.egress.Header;
import dev.onward.value.Issue;
import dev.onward.value.JsonBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The part of a call's record that only the reader of that one call sees, as JSON: its attempts and warnings. */
final class CallDocument {

    /** What is left of it when the person is forgotten. */
    static final String ERASED = "{\"attemptRecords\":[],\"warnings\":[],\"erased\":true}";

    /** A longer document goes in without its messages: eleven attempts with all they may hold stay far below. */
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private CallDocument() {}

    /** The document as compact JSON in UTF-8. */
    static byte[] of(CallRecord call) {
        JsonBuffer json = new JsonBuffer(2048);
        write(call, call.attempts(), json);
        if (json.size() > MAX_BYTES) {
            json = new JsonBuffer(256);
            write(call, List.of(), json);
        }
        return json.toByteArray();
    }

    private static void write(CallRecord call, List<AttemptRecord> attempts, JsonBuffer json) {
        JsonMembers.object(
                json,
                members -> members.array("attemptRecords", attempts, CallDocument::attempt)
                        .array("warnings", call.warnings(), CallDocument::warning));
    }

    private static void attempt(AttemptRecord attempt, JsonMembers members) {
        members.number("number", attempt.number())
                .text("startedAt", WireTime.text(attempt.startedAt()))
                .object(
                        "request",
                        request -> message(
                                attempt.request(),
                                request.text("method", attempt.method().name()).text("url", attempt.url())));
        attempt.response()
                .ifPresent(response -> members.object("response", answer -> {
                    attempt.status().ifPresent(status -> answer.number("status", status));
                    message(response, answer);
                }));
        attempt.error().ifPresent(error -> members.object("error", told -> error(error, told)));
        members.object("timings", timings -> timings(attempt.timings(), timings))
                .flag("connectionReused", attempt.connectionReused())
                .millis("retryInMs", attempt.retryIn());
    }

    private static void message(CapturedMessage message, JsonMembers members) {
        members.object("headers", headers -> byName(message.headers()).forEach(headers::text))
                .text("body", message.body())
                .flag("bodyTruncated", message.bodyTruncated());
    }

    /** Fields of the same name are one, as RFC 9110 §5.3 joins them. */
    private static Map<String, String> byName(List<Header> headers) {
        Map<String, String> joined = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(
                header -> joined.merge(header.name(), header.value(), (earlier, later) -> earlier + ", " + later));
        return joined;
    }

    private static void error(CallError error, JsonMembers members) {
        members.text("code", error.code().code()).text("message", error.message());
    }

    private static void timings(Timings timings, JsonMembers members) {
        members.millis("queuedMs", timings.queued())
                .millis("connectMs", timings.connect())
                .millis("tlsMs", timings.tls())
                .millis("firstByteMs", timings.firstByte())
                .millis("totalMs", Optional.of(timings.total()));
    }

    private static void warning(Issue warning, JsonMembers members) {
        members.text("pointer", warning.pointer().toString())
                .text("code", warning.code().code())
                .text("message", warning.message());
    }
}
