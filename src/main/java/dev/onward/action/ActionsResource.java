package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Cursor;
import dev.onward.value.Issues;
import dev.onward.value.Page;
import dev.onward.value.StrictJson;
import dev.onward.value.Tags;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
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

/** {@code /api/v1/actions}: definitions and their versions. */
@Path("/api/v1/actions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Actions", description = "Register actions. Reading: viewer, author, admin. Writing: author, admin.")
@APIResponse(responseCode = "429", description = "This API key asks too often; see Retry-After")
public class ActionsResource {

    private final Actions actions;
    private final ActionCatalogue catalogue;
    private final Caller caller;

    ActionsResource(Actions actions, ActionCatalogue catalogue, Caller caller) {
        this.actions = actions;
        this.catalogue = catalogue;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Register an action")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example = ActionExamples.DEFINITION))
    @APIResponse(responseCode = "201", description = "Registered as version 1")
    @APIResponse(responseCode = "409", description = "The name is taken")
    @APIResponse(responseCode = "422", description = "Every fault of the definition, each with its pointer")
    public Response create(byte[] body) {
        Action action = actions.create(caller.sandbox(), StrictJson.read(body), caller.keyId());
        catalogue.forget(action.sandbox(), action.name());
        return answer(Response.created(URI.create("/api/v1/actions/" + action.name())), action);
    }

    @GET
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "List the actions by name")
    @APIResponse(responseCode = "200", description = "items, each with version and usedIn; next")
    @APIResponse(responseCode = "400", description = "cursor-invalid")
    public JsonNode list(
            @QueryParam("q") @DefaultValue("") String containing,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        Sandbox sandbox = caller.sandbox();
        String after = cursor == null ? "" : Cursor.parse(cursor, 1).key().get(0);
        Page<StoredAction> page =
                actions.list(sandbox, searchable(containing), after, Page.limit(Optional.ofNullable(limit)));
        return page.json(stored -> ActionJson.summary(stored, actions.usedIn(sandbox, stored.name())));
    }

    @GET
    @Path("/{name}")
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Show the latest version of an action")
    @APIResponse(responseCode = "200", description = "The definition with version, usedIn and warnings")
    @APIResponse(responseCode = "304", description = "The tag of If-None-Match is still the one")
    @APIResponse(responseCode = "404", description = "There is no such action in this sandbox")
    public Response get(@PathParam("name") String name, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        Action action = actions.get(caller.sandbox(), name);
        return Tags.isKnown(ifNoneMatch, action.tag())
                ? Response.notModified(action.tag()).build()
                : answer(Response.ok(), action);
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Replace an action: makes a new immutable version")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example = ActionExamples.DEFINITION))
    @APIResponse(responseCode = "200", description = "The new latest version")
    @APIResponse(responseCode = "404", description = "There is no such action in this sandbox")
    @APIResponse(
            responseCode = "409",
            description = "It would break live journeys, or show a secret that is kept to another host")
    @APIResponse(responseCode = "412", description = "If-Match names an older version")
    @APIResponse(responseCode = "422", description = "Every fault of the definition, each with its pointer")
    public Response replace(
            @PathParam("name") String name, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, byte[] body) {
        Action action =
                actions.replace(caller.sandbox(), name, StrictJson.read(body), caller.keyId(), Tags.ifMatch(ifMatch));
        catalogue.forget(action.sandbox(), name);
        return answer(Response.ok(), action);
    }

    @DELETE
    @Path("/{name}")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Remove an action and its versions; the name is free again")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "There is no such action in this sandbox")
    @APIResponse(responseCode = "409", description = "A live journey uses it")
    @APIResponse(responseCode = "412", description = "If-Match names an older version")
    public void delete(@PathParam("name") String name, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        actions.delete(caller.sandbox(), name, Tags.ifMatch(ifMatch));
        catalogue.forget(caller.sandbox(), name);
    }

    @GET
    @Path("/{name}/versions")
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "List the versions of an action, newest first")
    @APIResponse(responseCode = "200", description = "items, each with name, version, createdAt and createdBy; next")
    @APIResponse(responseCode = "400", description = "cursor-invalid")
    @APIResponse(responseCode = "404", description = "There is no such action in this sandbox")
    public JsonNode versions(
            @PathParam("name") String name, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        Optional<Integer> before = Optional.ofNullable(cursor).map(Cursor::parseNumber);
        return actions.versions(caller.sandbox(), name, before, Page.limit(Optional.ofNullable(limit)))
                .json(ActionJson::version);
    }

    @GET
    @Path("/{name}/versions/{version}")
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Show one version of an action")
    @APIResponse(responseCode = "200", description = "The definition as it was, with version, usedIn and warnings")
    @APIResponse(responseCode = "404", description = "There is no such action or version in this sandbox")
    public Response version(@PathParam("name") String name, @PathParam("version") String version) {
        return answer(Response.ok(), actions.version(caller.sandbox(), name, number(version)));
    }

    @POST
    @Path("/{name}/versions/{version}/restore")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Make an old version the latest again, as a new version")
    @APIResponse(responseCode = "200", description = "The new latest version")
    @APIResponse(responseCode = "404", description = "There is no such action or version in this sandbox")
    @APIResponse(
            responseCode = "409",
            description = "It would break live journeys, or show a secret that is kept to another host")
    @APIResponse(responseCode = "412", description = "If-Match names an older version")
    @APIResponse(responseCode = "422", description = "Today's rules refuse it; every fault with its pointer")
    public Response restore(
            @PathParam("name") String name,
            @PathParam("version") String version,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        Action action = actions.restore(caller.sandbox(), name, number(version), caller.keyId(), Tags.ifMatch(ifMatch));
        catalogue.forget(action.sandbox(), name);
        return answer(Response.ok(), action);
    }

    @POST
    @Path("/infer")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Make a template and its parameters from a sample payload")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example = ActionExamples.INFERENCE))
    @APIResponse(responseCode = "200", description = "The members request.payload and parameters of a definition")
    @APIResponse(responseCode = "422", description = "Every fault of the request, each with its pointer")
    public ObjectNode infer(byte[] body) {
        return Inference.infer(StrictJson.read(body));
    }

    private Response answer(Response.ResponseBuilder builder, Action action) {
        int usedIn = actions.usedIn(action.sandbox(), action.name());
        return builder.tag(action.tag())
                .entity(ActionJson.whole(action, usedIn))
                .build();
    }

    /** A version that cannot be one is simply not there. */
    private static int number(String version) {
        return version.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(version) : 0;
    }

    private static String searchable(String text) {
        if (text.indexOf('\0') >= 0) {
            Issues issues = new Issues();
            issues.error(JsonPointer.compile("/q"), ActionIssue.NAME_INVALID, "'q' must not hold U+0000");
            issues.throwIfErrors();
        }
        return text;
    }
}
