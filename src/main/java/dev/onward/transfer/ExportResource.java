package dev.onward.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/journeys/{name}/export}: a journey with all that it needs as one document. */
@Path("/api/v1/journeys")
@Blocking
@Tag(name = "Transfer", description = "Definitions as documents that can live in git. Roles: author, admin.")
public class ExportResource {

    private final Transfers transfers;
    private final Caller caller;

    ExportResource(Transfers transfers, Caller caller) {
        this.transfers = transfers;
        this.caller = caller;
    }

    @GET
    @Path("/{name}/export")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(
            operationId = "exportJourney",
            summary = "Show a journey with its event and its actions as one document",
            description =
                    "As JSON, or with format=yaml or Accept: application/yaml as YAML. Secrets are INSERT_SECRET_HERE.")
    @APIResponse(
            responseCode = "200",
            description = "format, events, actions, journeys",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)),
                @Content(mediaType = Yaml.MEDIA_TYPE, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(responseCode = "404", description = "There is no such journey in this sandbox")
    public Response export(
            @PathParam("name") String name,
            @QueryParam("format") @Nullable String format,
            @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept) {
        ObjectNode bundle = transfers.export(caller.sandbox(), name).json();
        boolean isYaml = "yaml".equals(format) || accept != null && accept.contains("yaml");
        return isYaml
                ? Response.ok(Yaml.write(bundle), Yaml.MEDIA_TYPE).build()
                : Response.ok(bundle, MediaType.APPLICATION_JSON_TYPE).build();
    }
}
