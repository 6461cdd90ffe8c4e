package dev.onward.calllog.table;

import dev.onward.call.AttemptJson;
import dev.onward.call.AttemptRecord;
import dev.onward.call.CallId;
import dev.onward.call.CallRecord;
import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonMembers;
import java.util.List;
import java.util.stream.Stream;

/** The part of a call's record that only the reader of that one call sees, as JSON: its attempts and warnings. */
final class CallDocument {

    /** What is left of it when the person is forgotten. */
    static final String ERASED = "{\"attemptRecords\":[],\"warnings\":[],\"erased\":true}";

    /** A longer document goes in without its messages: eleven attempts with all they may hold stay far below. */
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private CallDocument() {}

    /**
     * Writes the document as compact JSON in UTF-8.
     *
     * @param json empty
     */
    static void write(CallRecord call, JsonBuffer json) {
        write(call, call.attempts(), json);
        if (json.size() > MAX_BYTES) {
            json.clear();
            write(call, List.of(), json);
        }
    }

    /**
     * Writes the document of a call whose first attempts are JSON text already.
     *
     * @param json empty
     */
    static void write(EndedCall ended, JsonBuffer json) {
        CallRecord call = ended.record();
        Stream<String> all =
                Stream.concat(ended.earlier().stream(), call.attempts().stream().map(AttemptJson::text));
        JsonMembers.object(
                json,
                members -> members.text("replayOf", ended.links().replayOf().map(CallId::toString))
                        .text("callbackOf", ended.links().callbackOf().map(CallId::toString))
                        .array("attemptRecords", all.toList(), (text, attempt) -> attempt.membersOf(text))
                        .array("warnings", call.warnings(), AttemptJson::warning));
        if (json.size() > MAX_BYTES) {
            json.clear();
            write(call, json);
        }
    }

    private static void write(CallRecord call, List<AttemptRecord> attempts, JsonBuffer json) {
        JsonMembers.object(
                json,
                members -> members.array("attemptRecords", attempts, AttemptJson::attempt)
                        .array("warnings", call.warnings(), AttemptJson::warning));
    }
}
