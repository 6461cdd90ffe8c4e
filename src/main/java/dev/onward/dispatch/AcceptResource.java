package dev.onward.dispatch;

import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.invocation.CallerTrace;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.invocation.Invocations.Target;
import dev.onward.invocation.batch.Batches;
import dev.onward.value.StrictJson;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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

/** {@code /api/v1/actions/{name}/calls}: calls that are accepted now and made later. */
@Path("/api/v1/actions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Durable calls", description = "Accepted once stored, then tried for hours. Roles: invoker, author, admin.")
@APIResponse(responseCode = "503", description = "overloaded: the database is away or too many wait; see Retry-After")
public class AcceptResource {

    private static final String EXAMPLE = """
            { "profileId": "p-1", "arguments": { "phone": "+33600000000", "products": [ { "id": "A", "price": 20.10 } ] },
              "callback": { "url": "https://you.example.com/ended" } }""";

    private static final int ACCEPTED = 202;

    private final Accepts accepts;
    private final Caller caller;

    AcceptResource(Accepts accepts, Caller caller) {
        this.accepts = accepts;
        this.caller = caller;
    }

    /** Accepts one call; a stream of them is taken by {@link CallStreamResource}. */
    @POST
    @Path("/{name}/calls")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.INVOKER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(
            operationId = "acceptCall",
            summary = "Accept a call: stored, rendered once to see that it can be, and never lost",
            description = "With Content-Type application/x-ndjson the body is a stream of invocations, each with an"
                    + " optional idempotencyKey, and the answer a line for each: {\"line\":1,\"callIds\":[\"…\"]} or"
                    + " {\"line\":2,\"problem\":{…}}. With the optional member callback the end of the call is posted to a"
                    + " URL, once, as the log then shows the call (LoggedCallWithAttempts), by a durable call of its own"
                    + " whose record names the first in callbackOf.")
    @RequestBody(
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.OBJECT),
                        example = EXAMPLE),
                @Content(mediaType = Batches.MEDIA_TYPE, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(
            responseCode = "202",
            description = "{\"callIds\":[\"…\"]}; its outcome will be in the log",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)),
                @Content(mediaType = Batches.MEDIA_TYPE, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(responseCode = "404", description = "There is no such action in this sandbox")
    @APIResponse(
            responseCode = "422",
            description = "The arguments do not fit, or the callback may not be called; nothing was accepted")
    @APIResponse(responseCode = "429", description = "queue-full: the sandbox has too many waiting; see Retry-After")
    public CompletionStage<Response> accept(
            @PathParam("name") String name,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @HeaderParam("traceparent") @Nullable String traceParent,
            byte[] body) {
        Target target =
                new Target(caller.sandbox(), name, caller.keyId(), CallerTrace.of(Optional.ofNullable(traceParent)));
        return accepts.accept(target, StrictJson.read(body), Optional.ofNullable(idempotencyKey))
                .thenApply(AcceptResource::accepted);
    }

    private static Response accepted(InvocationAnswer answer) {
        Response.ResponseBuilder builder = Response.status(ACCEPTED).entity(answer.json());
        return answer.replayed() ? builder.header("Idempotent-Replayed", true).build() : builder.build();
    }
}
