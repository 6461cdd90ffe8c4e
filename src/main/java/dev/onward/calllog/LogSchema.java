package dev.onward.calllog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The shapes of the log's answers, for the published OpenAPI document only: {@link LogJson} writes them. */
final class LogSchema {

    private LogSchema() {}

    @Schema(name = "LogPage", description = "One page of the log, newest first")
    record Page(
            List<Call> items,

            @Schema(description = "the cursor of the next page, null when there is none", nullable = true)
            Optional<String> next) {}

    @Schema(name = "LoggedCall", description = "One call, sent or not; what it does not have is left out")
    record Call(
            UUID callId,

            @Schema(description = "when it began, UTC with milliseconds")
            Instant at,

            String sandbox,
            String action,
            int actionVersion,
            Optional<String> journey,
            Optional<String> stepId,
            Optional<String> instanceId,
            Optional<String> profileId,

            @Schema(description = "succeeded, failed, timedOut, capped, blocked, expired, cancelled or skippedConsent")
            String outcome,

            @Schema(description = "http_<status>, timedout, capped or internalError")
            String jo_status_code,

            @Schema(description = "how many attempts were made")
            int attempts,

            long elapsedMs,
            String method,
            String url,
            String host,
            Optional<Fault> error) {}

    @Schema(name = "LoggedCallWithAttempts", description = "One call with every attempt", allOf = Call.class)
    record CallWithAttempts(
            @Schema(description = "waiting, running or ended")
            String state,

            @Schema(description = "of a call that waits after a failure: when it is tried again at the earliest")
            Optional<Instant> nextAttemptAt,

            @Schema(description = "the call that this one repeats")
            Optional<UUID> replayOf,

            @Schema(description = "the call whose end this one tells")
            Optional<UUID> callbackOf,

            List<Attempt> attemptRecords,
            List<Warning> warnings,

            @Schema(description = "true after the person was erased")
            Optional<Boolean> erased) {}

    @Schema(name = "AttemptRecord", description = "One try of a call, with either a response or an error")
    record Attempt(
            int number,
            Instant startedAt,
            Request request,
            Optional<Response> response,
            Optional<Fault> error,
            Timings timings,
            boolean connectionReused,

            @Schema(description = "true with a client certificate to show")
            Optional<Boolean> mutualTls,

            @Schema(description = "true through the proxy") Optional<Boolean> throughProxy,

            @Schema(description = "true when a throttling is for the endpoint")
            Optional<Boolean> throttled,

            Optional<Long> retryInMs) {}

    @Schema(name = "LoggedRequest", description = "As sent, secrets masked, the body cut at 8 KiB")
    record Request(
            String method, String url, Map<String, String> headers, Optional<String> body, boolean bodyTruncated) {}

    @Schema(name = "LoggedResponse", description = "As received, secrets masked, the body cut at 8 KiB")
    record Response(int status, Map<String, String> headers, Optional<String> body, boolean bodyTruncated) {}

    @Schema(name = "AttemptTimings", description = "Where the time went; what did not take place is left out")
    record Timings(
            Optional<Long> queuedMs,
            Optional<Long> dnsMs,
            Optional<Long> connectMs,
            Optional<Long> tlsMs,
            Optional<Long> firstByteMs,
            long totalMs) {}

    @Schema(name = "LoggedError")
    record Fault(String code, Optional<String> message) {}

    @Schema(name = "LoggedWarning")
    record Warning(String pointer, String code, String message) {}
}
