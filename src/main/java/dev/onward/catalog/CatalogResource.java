package dev.onward.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.value.StrictJson;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/catalog}: ready-made actions. */
@Path("/api/v1/catalog")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Catalogue", description = "Ready-made actions. Reading: viewer, author, admin. Installing: author, admin.")
@APIResponse(responseCode = "429", description = "This API key asks too often; see Retry-After")
public class CatalogResource {

    private static final String EXAMPLE = "{ \"name\": \"SlackAlert\", \"settings\": { \"token\": \"xoxb-…\" } }";

    private final Catalog catalog;
    private final Caller caller;

    CatalogResource(Catalog catalog, Caller caller) {
        this.catalog = catalog;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "List the ready-made actions with the settings that they ask for")
    @APIResponse(responseCode = "200", description = "items, each with its settings; next, which is always null")
    public ObjectNode list() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        for (CatalogEntry entry : catalog.all()) {
            ObjectNode summary = entry.document().deepCopy();
            items.add(summary.without(List.of("definition", "capping", "throttling")));
        }
        json.putNull("next");
        return json;
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Show a ready-made action with the definition that it installs")
    @APIResponse(responseCode = "200", description = "The entry with its definition")
    @APIResponse(responseCode = "404", description = "There is no such entry")
    public JsonNode get(@PathParam("id") String id) {
        return catalog.require(id).document();
    }

    @POST
    @Path("/{id}/install")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Register a ready-made action")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example = EXAMPLE))
    @APIResponse(responseCode = "201", description = "Registered; Location is the action, limit the uid of its capping")
    @APIResponse(responseCode = "404", description = "There is no such entry")
    @APIResponse(responseCode = "409", description = "There is an action of this name; give another")
    @APIResponse(responseCode = "422", description = "Every fault of the settings, each with its pointer")
    public Response install(@PathParam("id") String id, byte[] body) {
        Catalog.Installed installed = catalog.install(caller.sandbox(), id, StrictJson.read(body), caller.keyId());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("action", installed.action().name());
        json.put("version", installed.action().version());
        installed.limit().ifPresent(uid -> json.put("limit", uid));
        return Response.created(
                        URI.create("/api/v1/actions/" + installed.action().name()))
                .entity(json)
                .build();
    }
}
