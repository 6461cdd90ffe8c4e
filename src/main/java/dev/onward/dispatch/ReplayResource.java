package dev.onward.dispatch;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.call.CallId;
import dev.onward.calllog.search.LogQuery;
import dev.onward.calllog.search.LogScope;
import dev.onward.dispatch.ReplayRequest.Version;
import dev.onward.dispatch.Replays.Count;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.invocation.Invocations.Target;
import dev.onward.value.InvalidException;
import dev.onward.value.Issue;
import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonMembers;
import dev.onward.value.StrictJson;
import dev.onward.value.ValueIssue;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/logs/{callId}/replay} and {@code /api/v1/logs/replay}: ended durable calls, once more. */
@Path("/api/v1/logs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Durable calls")
@Blocking
public class ReplayResource {

    private static final String EXAMPLE = """
            { "filter": { "action": "OrderShippedSms", "outcome": "failed", "from": "2026-01-31T10:00:00Z" },
              "dryRun": true, "rate": 50, "version": "latest" }""";

    private static final int ACCEPTED = 202;

    private final Replays replays;
    private final Caller caller;

    ReplayResource(Replays replays, Caller caller) {
        this.replays = replays;
        this.caller = caller;
    }

    /** Runs one call again. */
    @POST
    @Path("/{callId}/replay")
    @RolesAllowed({Role.Names.INVOKER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(operationId = "replayCall", summary = "Run an ended durable call again, as a new one that names it")
    @APIResponse(responseCode = "202", description = "{\"callIds\":[\"…\"]}")
    @APIResponse(responseCode = "404", description = "not-found")
    @APIResponse(responseCode = "409", description = "not-replayable: what it asked for is not kept")
    @APIResponse(responseCode = "422", description = "It does not fit the version that it would run on")
    public CompletionStage<Response> replay(
            @PathParam("callId") String callId, @QueryParam("version") @Nullable String version) {
        return replays.replay(scope(), target(), CallId.parse(callId), isSame(version))
                .thenApply(InvocationAnswer::json)
                .thenApply(json -> Response.status(ACCEPTED).entity(json).build());
    }

    /** Runs many again, or counts them. */
    @POST
    @Path("/replay")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(
            operationId = "replayCalls",
            summary = "Run the ended durable calls again that match, so many a second, or only count them",
            description =
                    "filter takes the conditions of the log's list. At most 10,000 calls of a request, newest first.")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = EXAMPLE))
    @APIResponse(responseCode = "200", description = "With dryRun: matching, replayable")
    @APIResponse(responseCode = "202", description = "matching, replayable, accepted, refused")
    @APIResponse(responseCode = "422", description = "validation-failed: a condition or the rate is wrong")
    @APIResponse(responseCode = "429", description = "queue-full: not all of them found room; see Retry-After")
    public Response replay(byte[] body) {
        ReplayRequest request = ReplayRequest.read(StrictJson.read(body));
        LogQuery query = request.query(scope());
        Count count = replays.replay(query, target(), request.terms());
        return Response.status(request.terms().dry() ? 200 : ACCEPTED)
                .entity(json(count, request.terms().dry()))
                .build();
    }

    private static byte[] json(Count count, boolean dry) {
        JsonBuffer json = new JsonBuffer(128);
        JsonMembers.object(json, members -> {
            members.number("matching", count.matching()).number("replayable", count.replayable());
            if (!dry) {
                members.number("accepted", count.accepted()).number("refused", count.refused());
            }
        });
        return json.toByteArray();
    }

    private static boolean isSame(@Nullable String version) {
        return version != null
                && Version.of(version)
                        .map(Version.SAME::equals)
                        .orElseThrow(() -> new InvalidException(List.of(new Issue(
                                Issue.Severity.ERROR,
                                JsonPointer.compile("/version"),
                                ValueIssue.NOT_ALLOWED,
                                "'version' must be latest or same"))));
    }

    private Target target() {
        return new Target(caller.sandbox(), "", caller.keyId(), Optional.empty());
    }

    private LogScope scope() {
        Optional<String> callerId = caller.readsOnlyOwnCalls() ? Optional.of(caller.keyId()) : Optional.empty();
        return new LogScope(caller.sandbox(), callerId);
    }
}
