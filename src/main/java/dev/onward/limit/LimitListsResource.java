package dev.onward.limit;

import dev.onward.access.Caller;
import dev.onward.access.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/list}: all configurations of a kind, as the model system lists them. */
@Path("/api/v1/list")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Limits")
@RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
@APIResponse(responseCode = "429", description = "This API key asks too often; see Retry-After")
public class LimitListsResource {

    private final LimitConfigs configs;
    private final Caller caller;

    LimitListsResource(LimitConfigs configs, Caller caller) {
        this.configs = configs;
        this.caller = caller;
    }

    @POST
    @Path("/endpointConfigs")
    @Operation(summary = "List the cappings; a body is ignored")
    @APIResponse(responseCode = "200", description = "results")
    public Response cappings() {
        return list(LimitKind.CAPPING);
    }

    @POST
    @Path("/throttlingConfigs")
    @Operation(summary = "List the throttlings; a body is ignored")
    @APIResponse(responseCode = "200", description = "results")
    public Response throttlings() {
        return list(LimitKind.THROTTLING);
    }

    private Response list(LimitKind kind) {
        return LimitConfigResource.answer(
                kind,
                LimitOperation.GET,
                () -> Response.ok(LimitJson.results(configs.list(caller.sandbox(), kind)))
                        .build());
    }
}
