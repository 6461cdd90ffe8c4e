package dev.onward.call;

import dev.onward.egress.Header;
import dev.onward.value.Issue;
import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonMembers;
import dev.onward.value.Times;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How attempts look in the log and in answers. */
public final class AttemptJson {

    private static final int EXPECTED_BYTES = 1024;

    private AttemptJson() {}

    /** All that is known of one attempt. */
    public static void attempt(AttemptRecord attempt, JsonMembers members) {
        members.number("number", attempt.number()).text("startedAt", Times.text(attempt.startedAt()));
        messages(attempt, members);
        attempt.error().ifPresent(error -> members.object("error", told -> error(error, told)));
        members.object("timings", timings -> timings(attempt.timings(), timings))
                .flag("connectionReused", attempt.passage().connectionReused());
        mark("mutualTls", attempt.passage().mutualTls(), members);
        mark("throughProxy", attempt.passage().throughProxy(), members);
        mark("throttled", attempt.passage().throttled(), members);
        members.millis("retryInMs", attempt.retryIn());
    }

    /** What is seldom so is told only where it is. */
    private static void mark(String name, boolean so, JsonMembers members) {
        if (so) {
            members.flag(name, true);
        }
    }

    /** All that is known of one attempt, as the compact text of an object. */
    public static String text(AttemptRecord attempt) {
        JsonBuffer json = new JsonBuffer(EXPECTED_BYTES);
        JsonMembers.object(json, members -> attempt(attempt, members));
        return new String(json.toByteArray(), StandardCharsets.UTF_8);
    }

    /** The request as sent and, if its head came, the response as received. */
    public static void messages(AttemptRecord attempt, JsonMembers members) {
        members.object("request", request -> request(attempt, request));
        attempt.response()
                .ifPresent(response -> members.object("response", answer -> response(attempt, response, answer)));
    }

    /** The request as sent. */
    public static void request(AttemptRecord attempt, JsonMembers members) {
        members.text("method", attempt.method().name()).text("url", attempt.url());
        message(attempt.request(), members);
    }

    /** The response as received. */
    public static void response(AttemptRecord attempt, CapturedMessage response, JsonMembers members) {
        attempt.status().ifPresent(status -> members.number("status", status));
        message(response, members);
    }

    /** Why an attempt or a call failed. */
    public static void error(CallError error, JsonMembers members) {
        members.text("code", error.code().code()).text("message", error.message());
    }

    /** What the mapping of an answer noted. */
    public static void warning(Issue warning, JsonMembers members) {
        members.text("pointer", warning.pointer().toString())
                .text("code", warning.code().code())
                .text("message", warning.message());
    }

    private static void message(CapturedMessage message, JsonMembers members) {
        members.object("headers", headers -> headers(message.headers(), headers))
                .text("body", message.body())
                .flag("bodyTruncated", message.bodyTruncated());
    }

    private static void headers(List<Header> all, JsonMembers members) {
        if (isRepeated(all)) {
            byName(all).forEach(members::text);
        } else {
            all.forEach(header -> members.text(header.name(), header.value()));
        }
    }

    private static boolean isRepeated(List<Header> all) {
        for (int i = 1; i < all.size(); i++) {
            for (int earlier = 0; earlier < i; earlier++) {
                if (all.get(i).name().equalsIgnoreCase(all.get(earlier).name())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Fields of the same name are one, as RFC 9110 §5.3 joins them. */
    private static Map<String, String> byName(List<Header> headers) {
        Map<String, String> joined = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(
                header -> joined.merge(header.name(), header.value(), (earlier, later) -> earlier + ", " + later));
        return joined;
    }

    private static void timings(Timings timings, JsonMembers members) {
        members.millis("queuedMs", timings.queued())
                .millis("dnsMs", timings.dns())
                .millis("connectMs", timings.connect())
                .millis("tlsMs", timings.tls())
                .millis("firstByteMs", timings.firstByte())
                .millis("totalMs", Optional.of(timings.total()));
    }
}
