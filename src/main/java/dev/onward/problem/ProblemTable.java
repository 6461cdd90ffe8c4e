package dev.onward.problem;

import dev.onward.access.AccessException;
import dev.onward.action.ActionException;
import dev.onward.calllog.CallLogUnavailableException;
import dev.onward.calllog.CallNotFoundException;
import dev.onward.calllog.spool.SpoolException;
import dev.onward.catalog.CatalogEntryNotFoundException;
import dev.onward.credential.CredentialException;
import dev.onward.database.DatabaseFailure;
import dev.onward.dispatch.NotCancellableException;
import dev.onward.dispatch.NotReplayableException;
import dev.onward.dispatch.QueueFullException;
import dev.onward.expression.issue.ExpressionException;
import dev.onward.invocation.ArgumentsInvalidException;
import dev.onward.invocation.IdempotencyException;
import dev.onward.invocation.OverloadedException;
import dev.onward.invocation.batch.LineTooLongException;
import dev.onward.invocation.batch.NotLinesException;
import dev.onward.invocation.batch.StoppingException;
import dev.onward.journey.definition.JourneyException;
import dev.onward.journey.entry.EventsFullException;
import dev.onward.listener.RateLimitedException;
import dev.onward.value.CursorInvalidException;
import dev.onward.value.InvalidException;
import dev.onward.value.JsonException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Which exception becomes which problem. */
final class ProblemTable {

    private static final Logger LOG = Logger.getLogger(ProblemTable.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String WHO = "send the header `Authorization: Bearer <api key>` with a key that is known here";

    private static final Map<Class<?>, Function<Throwable, Problem>> TABLE = table();

    private ProblemTable() {}

    /** The problem of a failure; a bug is logged, and its problem tells only where. */
    static Problem of(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return find(cause).orElseGet(() -> bug(cause));
    }

    private static Problem bug(Throwable cause) {
        String id = UUID.randomUUID().toString();
        LOG.errorf(cause, "unexpected fault %s", id);
        return Problem.of(500, "internal", "an unexpected fault; the operator finds it in the log as " + id);
    }

    private static Optional<Problem> find(Throwable thrown) {
        if (DatabaseFailure.isUnavailable(thrown)) {
            return Optional.of(overloaded("the database cannot do this now"));
        }
        return row(thrown)
                .or(() -> isLostClient(thrown)
                        ? Optional.of(Problem.of(
                                400, "bad-request", "the connection was closed before the request was complete"))
                        : Optional.empty());
    }

    /** Nobody reads this answer; it is no fault of ours that the log should tell. */
    private static boolean isLostClient(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause instanceof IOException && cause.getCause() != null && depth < 5; depth++) {
            cause = cause.getCause();
        }
        return cause instanceof HttpClosedException || cause instanceof ClosedChannelException;
    }

    private static Optional<Problem> row(Throwable thrown) {
        return TABLE.entrySet().stream()
                .filter(row -> row.getKey().isInstance(thrown))
                .findFirst()
                .map(row -> row.getValue().apply(thrown));
    }

    private static Map<Class<?>, Function<Throwable, Problem>> table() {
        Map<Class<?>, Function<Throwable, Problem>> table = new LinkedHashMap<>();
        add(table, JsonException.class, e -> Problem.of(400, "json-malformed", e));
        add(table, CursorInvalidException.class, e -> Problem.of(400, "cursor-invalid", e));
        add(table, InvalidException.class, e -> Problem.ofIssues(422, "validation-failed", e.issues()));
        add(table, ArgumentsInvalidException.class, e -> Problem.ofIssues(422, "arguments-invalid", e.issues()));
        add(
                table,
                ExpressionException.class,
                e -> Problem.ofExpression(422, "expression-invalid", "/expression", e.issues()));
        add(table, ActionException.class, ProblemTable::action);
        add(table, JourneyException.class, ProblemTable::journey);
        add(
                table,
                EventsFullException.class,
                e -> Problem.of(429, "rate-limited", e).withRetryAfter(e.retryAfter()));
        add(table, CatalogEntryNotFoundException.class, e -> Problem.of(404, "not-found", e));
        add(table, CredentialException.class, ProblemTable::credential);
        add(table, AccessException.class, ProblemTable::access);
        add(table, IdempotencyException.class, ProblemTable::idempotency);
        add(table, OverloadedException.class, e -> overloaded(String.valueOf(e.getMessage())));
        add(table, StoppingException.class, e -> overloaded(String.valueOf(e.getMessage())));
        add(table, LineTooLongException.class, e -> Problem.of(413, "body-too-large", e));
        add(table, NotLinesException.class, e -> Problem.of(415, "unsupported-media-type", e));
        add(table, CallLogUnavailableException.class, e -> overloaded(String.valueOf(e.getMessage())));
        add(table, SpoolException.class, e -> overloaded("the call may have been sent, its record could not be kept"));
        add(table, RateLimitedException.class, ProblemTable::rateLimited);
        add(
                table,
                QueueFullException.class,
                e -> Problem.of(429, "queue-full", e).withRetryAfter(e.retryAfter()));
        add(table, NotReplayableException.class, e -> Problem.of(409, "not-replayable", e));
        add(table, NotCancellableException.class, e -> Problem.of(409, "conflict", e));
        add(table, CallNotFoundException.class, e -> Problem.of(404, "not-found", e));
        add(table, UnauthorizedException.class, e -> Problem.of(401, "unauthenticated", WHO));
        add(table, AuthenticationFailedException.class, ProblemTable::notAuthenticated);
        add(table, ForbiddenException.class, e -> Problem.of(403, "forbidden", "this API key's role may not do this"));
        add(table, WebApplicationException.class, ProblemTable::web);
        return table;
    }

    private static <E extends Throwable> void add(
            Map<Class<?>, Function<Throwable, Problem>> table, Class<E> type, Function<E, Problem> row) {
        table.put(type, thrown -> row.apply(type.cast(thrown)));
    }

    private static Problem action(ActionException e) {
        return switch (e.reason()) {
            case NOT_FOUND -> Problem.of(404, "not-found", e);
            case ALREADY_EXISTS -> Problem.of(409, "conflict", e);
            case IN_USE -> Problem.of(409, "action-in-use", e);
            case BREAKS_JOURNEYS -> Problem.of(409, "breaks-journeys", e);
            case CREDENTIAL_HOST_MISMATCH -> Problem.of(409, "credential-host-mismatch", e);
            case PRECONDITION_FAILED -> Problem.of(412, "precondition-failed", e);
        };
    }

    private static Problem journey(JourneyException e) {
        return switch (e.reason()) {
            case NOT_FOUND -> Problem.of(404, "not-found", e);
            case ALREADY_EXISTS, WRONG_STATE -> Problem.of(409, "conflict", e);
            case IN_USE -> Problem.of(409, "journey-in-use", e);
            case PRECONDITION_FAILED -> Problem.of(412, "precondition-failed", e);
        };
    }

    private static Problem credential(CredentialException e) {
        return switch (e.reason()) {
            case NOT_FOUND -> Problem.of(404, "not-found", e);
            case ALREADY_EXISTS -> Problem.of(409, "conflict", e);
            case IN_USE -> Problem.of(409, "credential-in-use", e);
            case HOST_MISMATCH -> Problem.of(409, "credential-host-mismatch", e);
            case PRECONDITION_FAILED -> Problem.of(412, "precondition-failed", e);
        };
    }

    private static Problem access(AccessException e) {
        return switch (e.reason()) {
            case SANDBOX_FORBIDDEN -> Problem.of(403, "forbidden", e);
            case KEY_NOT_FOUND -> Problem.of(404, "not-found", e);
            case KEY_IS_CONFIGURED -> Problem.of(409, "conflict", e);
        };
    }

    private static Problem idempotency(IdempotencyException e) {
        return switch (e.reason()) {
            case INVALID -> Problem.of(400, "idempotency-key-invalid", e);
            case REUSED -> Problem.of(422, "idempotency-key-reused", e);
            case IN_PROGRESS -> Problem.of(409, "idempotency-in-progress", e).withRetryAfter(SOON);
        };
    }

    /** The framework's exception may carry ours: who guesses is told to wait. */
    private static Problem notAuthenticated(AuthenticationFailedException e) {
        return e.getCause() instanceof RateLimitedException tooOften
                ? rateLimited(tooOften)
                : Problem.of(401, "unauthenticated", WHO);
    }

    private static Problem rateLimited(RateLimitedException e) {
        return Problem.of(429, "rate-limited", e).withRetryAfter(e.retryAfter());
    }

    private static Problem overloaded(String detail) {
        return Problem.of(503, "overloaded", detail).withRetryAfter(SOON);
    }

    /** What the framework refuses before a resource is asked. */
    private static Problem web(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        return switch (status) {
            case 404 -> Problem.of(status, "not-found", "there is nothing at this path");
            case 405 -> Problem.of(status, "method-not-allowed", "this path does not know this method");
            case 406 -> Problem.of(status, "not-acceptable", "the answer is application/json; accept it");
            case 412 -> Problem.of(status, "precondition-failed", "If-Match names another state than the present one");
            case 408 -> Problem.of(status, "request-timeout", "the body did not come in time");
            case 413 -> Problem.of(status, "body-too-large", "a document may have 1 MiB");
            case 415 ->
                Problem.of(
                        status,
                        "unsupported-media-type",
                        "send Content-Type: application/json, in UTF-8 and not compressed");
            default ->
                status >= 500
                        ? Problem.of(status, "internal", "an unexpected fault")
                        : Problem.of(status, "bad-request", "the request is not understood");
        };
    }
}
