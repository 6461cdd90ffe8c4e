package dev.onward.calllog;

import dev.onward.access.Caller;
import dev.onward.call.CallId;
import dev.onward.calllog.search.CallLogStore;
import dev.onward.calllog.search.LogQuery;
import dev.onward.calllog.search.LogScope;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/logs}: what happened to every call. A reader sees what it has been answered before. */
@Path("/api/v1/logs")
@Tag(name = "Logs", description = "What happened to every call")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@APIResponse(responseCode = "429", description = "This API key asks too often; see Retry-After")
public final class LogsResource {

    private final CallLog log;
    private final CallLogStore store;
    private final Instance<PendingCalls> pending;
    private final Caller caller;

    LogsResource(CallLog log, CallLogStore store, @Any Instance<PendingCalls> pending, Caller caller) {
        this.log = log;
        this.store = store;
        this.pending = pending;
        this.caller = caller;
    }

    /** One page of calls, newest first. */
    @GET
    @RolesAllowed({"viewer", "invoker", "author", "admin"})
    @Operation(
            operationId = "findCalls",
            summary = "Find calls",
            description = "Newest first. All given conditions must hold. A key of the role invoker sees its own calls.")
    @Parameter(name = "action", in = ParameterIn.QUERY, description = "name of the action")
    @Parameter(name = "journey", in = ParameterIn.QUERY, description = "name of the journey")
    @Parameter(name = "profile", in = ParameterIn.QUERY, description = "id of the profile")
    @Parameter(
            name = "outcome",
            in = ParameterIn.QUERY,
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {
                                "succeeded",
                                "failed",
                                "timedOut",
                                "capped",
                                "blocked",
                                "expired",
                                "cancelled",
                                "skippedConsent"
                            }))
    @Parameter(
            name = "status",
            in = ParameterIn.QUERY,
            description = "HTTP status of the last answer, or a class of them",
            example = "5xx",
            schema = @Schema(type = SchemaType.STRING, pattern = "[1-9](\\d\\d|xx)"))
    @Parameter(name = "host", in = ParameterIn.QUERY, description = "host that was called")
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "began at this time or later",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "began before this time",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "50"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, description = "\"next\" of the page before")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = LogSchema.Page.class)))
    @APIResponse(responseCode = "400", description = "cursor-invalid")
    @APIResponse(responseCode = "422", description = "validation-failed: a parameter is unknown or has a wrong value")
    public Response find(@Parameter(hidden = true) @Context UriInfo uri) {
        LogQuery query = LogParameters.read(uri.getQueryParameters(), scope());
        log.awaitForReader();
        return Response.ok(LogJson.page(store.find(query))).build();
    }

    /** One call with its attempts. */
    @GET
    @Path("/{callId}")
    @RolesAllowed({"viewer", "invoker", "author", "admin"})
    @Operation(operationId = "readCall", summary = "Read one call with every attempt")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = LogSchema.CallWithAttempts.class)))
    @APIResponse(responseCode = "404", description = "not-found")
    public Response read(@PathParam("callId") String callId) {
        Optional<CallId> id = CallId.parse(callId);
        byte[] call =
                id.flatMap(this::pending).or(() -> id.flatMap(this::ended)).orElseThrow(CallNotFoundException::new);
        return Response.ok(call).tag(UUID.nameUUIDFromBytes(call).toString()).build();
    }

    /** Asked first: a call that is not pending any more is in the log. */
    private Optional<byte[]> pending(CallId id) {
        return pending.stream()
                .flatMap(calls -> calls.find(scope(), id).stream())
                .findFirst()
                .map(LogJson::pending);
    }

    private Optional<byte[]> ended(CallId id) {
        log.awaitForReader();
        return store.find(scope(), id).map(LogJson::single);
    }

    private LogScope scope() {
        Optional<String> callerId = caller.readsOnlyOwnCalls() ? Optional.of(caller.keyId()) : Optional.empty();
        return new LogScope(caller.sandbox(), callerId);
    }
}
