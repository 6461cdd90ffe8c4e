package dev.onward.journey.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.value.Cursor;
import dev.onward.value.Page;
import dev.onward.value.StrictJson;
import dev.onward.value.Tags;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/events/definitions}: what events look like, so that journeys are checked against it. */
@Path("/api/v1/events/definitions")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Events", description = "Declare and send events. Reading: viewer, author, admin. Writing: author, admin.")
@APIResponse(responseCode = "429", description = "This API key asks too often; see Retry-After")
public class EventDefinitionsResource {

    private static final String EXAMPLE = """
            { "name": "OrderShipped", "sample": { "orderId": "A-7", "total": 42.5, "items": [ { "sku": "S1", "price": 20 } ] } }""";

    private final EventDefinitions definitions;
    private final Caller caller;

    EventDefinitionsResource(EventDefinitions definitions, Caller caller) {
        this.definitions = definitions;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Declare an event by a sample of its payload")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = EXAMPLE))
    @APIResponse(responseCode = "201", description = "Declared")
    @APIResponse(responseCode = "409", description = "It is declared already")
    @APIResponse(responseCode = "422", description = "Every fault of the document, each with its pointer")
    public Response create(byte[] body) {
        EventDefinitions.Declared declared =
                definitions.create(caller.sandbox(), StrictJson.read(body), caller.keyId());
        URI location = URI.create("/api/v1/events/definitions/" + declared.name());
        return Response.created(location)
                .tag(declared.tag())
                .entity(declared.json())
                .build();
    }

    @GET
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "List the declared events by name, without their samples")
    @APIResponse(responseCode = "200", description = "items, each with name, version, changedAt and changedBy; next")
    @APIResponse(responseCode = "400", description = "cursor-invalid")
    public JsonNode list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        String after = cursor == null ? "" : Cursor.parse(cursor, 1).key().get(0);
        return definitions
                .list(caller.sandbox(), after, Page.limit(Optional.ofNullable(limit)))
                .json(EventDefinitions.Summary::json);
    }

    @GET
    @Path("/{name}")
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Show a declared event")
    @APIResponse(responseCode = "200", description = "Its name and sample")
    @APIResponse(responseCode = "304", description = "The tag of If-None-Match is still the one")
    @APIResponse(responseCode = "404", description = "There is no such event in this sandbox")
    public Response get(@PathParam("name") String name, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        EventDefinitions.Declared declared = definitions.get(caller.sandbox(), name);
        return Tags.isKnown(ifNoneMatch, declared.tag())
                ? Response.notModified(declared.tag()).build()
                : Response.ok(declared.json()).tag(declared.tag()).build();
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Replace the sample of an event")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = EXAMPLE))
    @APIResponse(responseCode = "200", description = "The new state")
    @APIResponse(responseCode = "404", description = "There is no such event in this sandbox")
    @APIResponse(responseCode = "412", description = "If-Match names an older state")
    @APIResponse(responseCode = "422", description = "Every fault of the document, each with its pointer")
    public Response replace(
            @PathParam("name") String name, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, byte[] body) {
        EventDefinitions.Declared declared = definitions.replace(
                caller.sandbox(), name, StrictJson.read(body), caller.keyId(), Tags.ifMatch(ifMatch));
        return Response.ok(declared.json()).tag(declared.tag()).build();
    }

    @DELETE
    @Path("/{name}")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Forget a declared event; journeys go on without its sample")
    @APIResponse(responseCode = "204", description = "Forgotten")
    @APIResponse(responseCode = "404", description = "There is no such event in this sandbox")
    @APIResponse(responseCode = "412", description = "If-Match names an older state")
    public void delete(@PathParam("name") String name, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        definitions.delete(caller.sandbox(), name, Tags.ifMatch(ifMatch));
    }
}
