package dev.onward.limit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.database.DatabaseFailure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * The routes that cappings and throttlings have in common. Refusals have the body of the model system. Two of its codes
 * for throttlings never come, since what they refuse is allowed here: 1463, another sandbox than that of production, and
 * 1465, a second configuration; nor does 1461, for what is deployed is in force.
 */
abstract class LimitConfigResource {

    private static final int UNAVAILABLE = 503;

    private final LimitKind kind;
    private final LimitConfigs configs;
    private final Caller caller;

    LimitConfigResource(LimitKind kind, LimitConfigs configs, Caller caller) {
        this.kind = kind;
        this.configs = configs;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Keep a configuration; it is not in force before it is deployed")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "200", description = "createdElement, uid, uri, resStatus, canDeploy")
    @APIResponse(responseCode = "400", description = "The configuration has faults and is not kept; see canDeploy")
    public Response create(byte[] body) {
        return answer(
                LimitOperation.CREATE,
                () -> LimitJson.created(configs.create(caller.sandbox(), kind, body, caller.keyId())));
    }

    @GET
    @Path("/{uid}")
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Show a configuration, and what of it is in force")
    @APIResponse(responseCode = "200", description = "result")
    @APIResponse(responseCode = "404", description = "There is no such configuration in this sandbox")
    public Response get(@PathParam("uid") String uid) {
        return answer(LimitOperation.GET, () -> LimitJson.result(configs.require(caller.sandbox(), kind, uid)));
    }

    @PUT
    @Path("/{uid}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Replace a configuration; a capping stays in force as it was until it is deployed again")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "200", description = "updatedElement, uid, uri, resStatus, canDeploy")
    @APIResponse(responseCode = "400", description = "The configuration has faults and is not kept; see canDeploy")
    @APIResponse(responseCode = "404", description = "There is no such configuration in this sandbox")
    public Response replace(@PathParam("uid") String uid, byte[] body) {
        return answer(
                LimitOperation.UPDATE,
                () -> LimitJson.updated(configs.replace(caller.sandbox(), kind, uid, body, caller.keyId())));
    }

    @DELETE
    @Path("/{uid}")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Remove a configuration")
    @APIResponse(responseCode = "200", description = "Removed")
    @APIResponse(responseCode = "404", description = "There is no such configuration in this sandbox")
    @APIResponse(responseCode = "409", description = "It is deployed, and forceDelete is not true")
    public Response delete(
            @PathParam("uid") String uid, @QueryParam("forceDelete") @DefaultValue("false") boolean force) {
        return answer(LimitOperation.DELETE, () -> {
            configs.delete(caller.sandbox(), kind, uid, force);
            return JsonNodeFactory.instance.objectNode();
        });
    }

    @GET
    @Path("/{uid}/canDeploy")
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Check a configuration")
    @APIResponse(responseCode = "200", description = "canDeploy")
    @APIResponse(responseCode = "404", description = "There is no such configuration in this sandbox")
    public Response canDeploy(@PathParam("uid") String uid) {
        return answer(LimitOperation.GET, () -> {
            LimitConfig config = configs.require(caller.sandbox(), kind, uid);
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.set("canDeploy", LimitJson.canDeploy(LimitConfigs.check(kind, config.json())));
            return json;
        });
    }

    @POST
    @Path("/{uid}/canDeploy")
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Check a configuration")
    @APIResponse(responseCode = "200", description = "canDeploy")
    @APIResponse(responseCode = "404", description = "There is no such configuration in this sandbox")
    public Response canDeployByPost(@PathParam("uid") String uid) {
        return canDeploy(uid);
    }

    @POST
    @Path("/{uid}/deploy")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Put a configuration in force")
    @APIResponse(responseCode = "204", description = "In force; in other processes within seconds")
    @APIResponse(responseCode = "404", description = "There is no such configuration in this sandbox")
    public Response deploy(@PathParam("uid") String uid) {
        return nothing(LimitOperation.DEPLOY, () -> configs.deploy(caller.sandbox(), kind, uid, caller.keyId()));
    }

    @POST
    @Path("/{uid}/undeploy")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Take a configuration out of force")
    @APIResponse(responseCode = "204", description = "Out of force; in other processes within seconds")
    @APIResponse(responseCode = "404", description = "There is no such configuration in this sandbox")
    public Response undeploy(@PathParam("uid") String uid) {
        return nothing(LimitOperation.UNDEPLOY, () -> configs.undeploy(caller.sandbox(), kind, uid));
    }

    private Response answer(LimitOperation operation, Supplier<ObjectNode> work) {
        return answer(kind, operation, () -> Response.ok(work.get()).build());
    }

    private Response nothing(LimitOperation operation, Runnable work) {
        return answer(kind, operation, () -> {
            work.run();
            return Response.noContent().build();
        });
    }

    /** What the work answers, or, in the form of the model system, why it does not. A bug passes through. */
    static Response answer(LimitKind kind, LimitOperation operation, Supplier<Response> work) {
        String requestId = UUID.randomUUID().toString();
        try {
            return work.get();
        } catch (LimitException refusal) {
            return Response.status(refusal.status())
                    .entity(LimitJson.error(refusal, requestId))
                    .build();
        } catch (RuntimeException failure) {
            if (!DatabaseFailure.isUnavailable(failure)) {
                throw failure;
            }
            return Response.status(UNAVAILABLE)
                    .type(MediaType.APPLICATION_JSON)
                    .header(HttpHeaders.RETRY_AFTER, 1)
                    .entity(LimitJson.unavailable(kind, operation, UNAVAILABLE, requestId))
                    .build();
        }
    }
}
