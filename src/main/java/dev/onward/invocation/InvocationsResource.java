package dev.onward.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.action.Action;
import dev.onward.action.ActionCatalogue;
import dev.onward.action.ActionException;
import dev.onward.call.CallId;
import dev.onward.call.CallOrigin;
import dev.onward.invocation.IdempotencyStore.Entry;
import dev.onward.value.Digests;
import dev.onward.value.JsonBuffer;
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
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

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

    private final ActionCatalogue catalogue;
    private final Invoker invoker;
    private final IdempotentInvoker idempotentInvoker;
    private final Caller caller;

    InvocationsResource(
            ActionCatalogue catalogue, Invoker invoker, IdempotentInvoker idempotentInvoker, Caller caller) {
        this.catalogue = catalogue;
        this.invoker = invoker;
        this.idempotentInvoker = idempotentInvoker;
        this.caller = caller;
    }

    @POST
    @Path("/{name}/render")
    @RolesAllowed({Role.Names.INVOKER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Show the message as it would be sent; calls nobody")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = EXAMPLE))
    @APIResponse(responseCode = "200", description = "method, url, headers and body, the exact text; secrets masked")
    @APIResponse(responseCode = "422", description = "The arguments do not fit; each fault with its pointer")
    @APIResponse(responseCode = "429", description = "This API key asks too often; see Retry-After")
    public CompletionStage<byte[]> render(@PathParam("name") String name, byte[] body) {
        Invocation invocation = InvocationReader.read(StrictJson.read(body));
        return withAction(name, action -> InvocationJson.rendered(invoker.render(action, invocation)));
    }

    @POST
    @Path("/{name}/invoke")
    @RolesAllowed({Role.Names.INVOKER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Run an action for one profile and wait for the outcome")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = EXAMPLE))
    @APIResponse(responseCode = "200", description = "The call reached an outcome, good or bad")
    @APIResponse(responseCode = "409", description = "The first request with this Idempotency-Key still runs")
    @APIResponse(responseCode = "422", description = "The arguments do not fit; nothing was sent")
    @APIResponse(responseCode = "503", description = "No room for another call; see Retry-After")
    public CompletionStage<Response> invoke(
            @PathParam("name") String name, @HeaderParam("Idempotency-Key") String idempotencyKey, byte[] body) {
        JsonNode document = StrictJson.read(body);
        Invocation invocation = InvocationReader.read(document);
        CallOrigin origin = CallOrigin.ofCaller(caller.keyId(), invocation.profileId());
        if (idempotencyKey == null) {
            return withAction(name, Function.identity())
                    .thenCompose(action -> run(action, invocation, origin))
                    .thenApply(
                            result -> Response.ok(InvocationJson.answer(result)).build());
        }
        IdempotencyKey key = IdempotencyKey.parse(idempotencyKey);
        return withAction(name, action -> new Entry(action, key, fingerprint(action, document), invocation.profileId()))
                .thenCompose(entry -> idempotentInvoker.invoke(entry, invocation, origin))
                .thenApply(InvocationsResource::answer);
    }

    @POST
    @Path("/{name}/test")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Send a test request: one real call, with the full exchange in the answer")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = EXAMPLE))
    @APIResponse(responseCode = "200", description = "As invoke, with exchange and attemptRecords; secrets masked")
    public CompletionStage<byte[]> test(@PathParam("name") String name, byte[] body) {
        Invocation invocation = InvocationReader.read(StrictJson.read(body));
        CallOrigin origin = CallOrigin.ofCaller(caller.keyId(), invocation.profileId());
        return withAction(name, Function.identity())
                .thenCompose(action -> run(action, invocation, origin))
                .thenApply(InvocationJson::exchange);
    }

    /** The action counts by its id: an outcome is never that of another action whose name was used again. */
    private static String fingerprint(Action action, JsonNode document) {
        return Digests.sha256(action.id() + JsonBuffer.textOf(document));
    }

    private <T> CompletionStage<T> withAction(String name, Function<Action, T> use) {
        return catalogue
                .find(caller.sandbox(), name)
                .thenApply(action -> use.apply(action.orElseThrow(() -> ActionException.notFound(name))));
    }

    private CompletionStage<InvocationResult> run(Action action, Invocation invocation, CallOrigin origin) {
        CallId callId = invoker.newCallId();
        return invoker.invoke(action, invocation, origin, callId, callId.toString());
    }

    private static Response answer(IdempotentInvoker.KeyedAnswer answer) {
        Response.ResponseBuilder builder = Response.ok(answer.json());
        return answer.replayed() ? builder.header("Idempotent-Replayed", true).build() : builder.build();
    }
}
