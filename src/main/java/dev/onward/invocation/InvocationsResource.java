package dev.onward.invocation;

import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.invocation.Invocations.Target;
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

/** {@code /api/v1/actions/{name}/render|test|invoke}: an action for one profile. */
@Path("/api/v1/actions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Invocations", description = "Run actions. Roles: invoker, author, admin; testing: author, admin.")
public class InvocationsResource {

    private static final String EXAMPLE = """
            {
              "profileId": "p-1",
              "arguments": { "phone": "+33600000000", "products": [ { "id": "A", "price": 20.10 } ] },
              "timeout": "PT5S"
            }""";

    private final Invocations invocations;
    private final Invoker invoker;
    private final Caller caller;

    InvocationsResource(Invocations invocations, Invoker invoker, Caller caller) {
        this.invocations = invocations;
        this.invoker = invoker;
        this.caller = caller;
    }

    @POST
    @Path("/{name}/render")
    @RolesAllowed({Role.Names.INVOKER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Show the message as it would be sent; calls nobody")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = EXAMPLE))
    @APIResponse(responseCode = "200", description = "method, url, headers and body, the exact text; secrets masked")
    @APIResponse(responseCode = "404", description = "There is no such action in this sandbox")
    @APIResponse(responseCode = "422", description = "The arguments do not fit; each fault with its pointer")
    @APIResponse(responseCode = "429", description = "This API key asks too often; see Retry-After")
    public CompletionStage<byte[]> render(@PathParam("name") String name, byte[] body) {
        Invocation invocation = InvocationReader.read(StrictJson.read(body));
        return invocations
                .find(target(name, null))
                .thenApply(action -> InvocationJson.rendered(
                        invoker.preview(action, invocation), action.credential().masker()));
    }

    @POST
    @Path("/{name}/invoke")
    @RolesAllowed({Role.Names.INVOKER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Run an action for one profile and wait for the outcome")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = EXAMPLE))
    @APIResponse(responseCode = "200", description = "The call reached an outcome, good or bad")
    @APIResponse(responseCode = "404", description = "There is no such action in this sandbox")
    @APIResponse(responseCode = "409", description = "The first request with this Idempotency-Key still runs")
    @APIResponse(responseCode = "422", description = "The arguments do not fit; nothing was sent")
    @APIResponse(responseCode = "503", description = "No room for another call; see Retry-After")
    public CompletionStage<Response> invoke(
            @PathParam("name") String name,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            @HeaderParam("traceparent") String traceParent,
            byte[] body) {
        return invocations
                .run(target(name, traceParent), StrictJson.read(body), Optional.ofNullable(idempotencyKey))
                .thenApply(InvocationsResource::answer);
    }

    @POST
    @Path("/{name}/test")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Send a test request: one real call, with the full exchange in the answer")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = EXAMPLE))
    @APIResponse(responseCode = "200", description = "As invoke, with exchange and attemptRecords; secrets masked")
    @APIResponse(responseCode = "404", description = "There is no such action in this sandbox")
    @APIResponse(responseCode = "422", description = "The arguments do not fit; nothing was sent")
    public CompletionStage<byte[]> test(
            @PathParam("name") String name, @HeaderParam("traceparent") String traceParent, byte[] body) {
        return invocations
                .result(target(name, traceParent), StrictJson.read(body))
                .thenApply(InvocationJson::exchange);
    }

    @POST
    @Path("/{name}/check-authentication")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Fetch a token as a call would; the action itself is not called")
    @APIResponse(
            responseCode = "200",
            description = "authenticated, error, authenticationRequest, authenticationResponse; secrets masked."
                    + " What needs no token is not sent anywhere")
    @APIResponse(responseCode = "404", description = "There is no such action in this sandbox")
    public CompletionStage<byte[]> checkAuthentication(@PathParam("name") String name) {
        return invocations.checkAuthentication(target(name, null)).thenApply(InvocationJson::check);
    }

    private Target target(String name, @Nullable String traceParent) {
        return new Target(caller.sandbox(), name, caller.keyId(), CallerTrace.of(Optional.ofNullable(traceParent)));
    }

    private static Response answer(InvocationAnswer answer) {
        Response.ResponseBuilder builder = Response.ok(answer.json());
        return answer.replayed() ? builder.header("Idempotent-Replayed", true).build() : builder.build();
    }
}
