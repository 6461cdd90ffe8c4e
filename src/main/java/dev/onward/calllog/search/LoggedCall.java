package dev.onward.calllog.search;

import dev.onward.call.CallId;
import dev.onward.call.CallOrigin;
import dev.onward.sandbox.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One call as the log's list shows it.
 *
 * @param at when it began, to the millisecond
 * @param outcome as clients see it
 * @param attempts their number
 * @param url redacted; only scheme and host when nothing was sent or the person was erased
 * @param errorCode kebab-case
 */
public record LoggedCall(
        CallId callId,
        Instant at,
        Sandbox sandbox,
        String action,
        int actionVersion,
        CallOrigin origin,
        String outcome,
        String joStatusCode,
        int attempts,
        Duration elapsed,
        String method,
        String url,
        String host,
        Optional<String> errorCode,
        Optional<String> errorMessage) {

    /** One call with what only its own reader sees. */
    public record WithDocument(LoggedCall call, String document) {

        /** @param document compact JSON text of an object: {@code attemptRecords}, {@code warnings} */
        public WithDocument {
            if (!document.startsWith("{") || !document.endsWith("}")) {
                throw new IllegalArgumentException("a call's document is a JSON object");
            }
        }
    }
}
