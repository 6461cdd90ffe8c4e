package dev.onward.journey;

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

/** {@code /api/v1/journeys}: journeys, their versions and their life cycle. */
@Path("/api/v1/journeys")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(
        name = "Journeys",
        description = "Define and publish journeys. Reading: viewer, author, admin. Writing: author, admin.")
@APIResponse(responseCode = "429", description = "This API key asks too often; see Retry-After")
public class JourneysResource {

    private final Journeys journeys;
    private final Caller caller;

    JourneysResource(Journeys journeys, Caller caller) {
        this.journeys = journeys;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Save a new journey as a draft")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = JourneyExamples.DEFINITION))
    @APIResponse(responseCode = "201", description = "Saved; warnings tell what keeps it from being published")
    @APIResponse(responseCode = "409", description = "The name is taken")
    @APIResponse(responseCode = "422", description = "Every fault of the document, each with its pointer")
    public Response create(byte[] body) {
        Journeys.Shown shown = journeys.create(caller.sandbox(), StrictJson.read(body), caller.keyId());
        return answer(
                Response.created(
                        URI.create("/api/v1/journeys/" + shown.journey().name())),
                shown);
    }

    @GET
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "List the journeys by name")
    @APIResponse(responseCode = "200", description = "items, each with its event, version and state; next")
    @APIResponse(responseCode = "400", description = "cursor-invalid")
    public JsonNode list(
            @QueryParam("q") @DefaultValue("") String containing,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        String after = cursor == null ? "" : Cursor.parse(cursor, 1).key().get(0);
        return journeys.list(caller.sandbox(), containing, after, Page.limit(Optional.ofNullable(limit)))
                .json(JourneyJson::summary);
    }

    @GET
    @Path("/{name}")
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Show the latest version of a journey")
    @APIResponse(responseCode = "200", description = "The document with state, version, liveVersion and warnings")
    @APIResponse(responseCode = "304", description = "The tag of If-None-Match is still the one")
    @APIResponse(responseCode = "404", description = "There is no such journey in this sandbox")
    public Response get(@PathParam("name") String name, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        Journeys.Shown shown = journeys.get(caller.sandbox(), name);
        return Tags.isKnown(ifNoneMatch, shown.journey().tag())
                ? Response.notModified(shown.journey().tag()).build()
                : answer(Response.ok(), shown);
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Save a new version as a draft; what is live stays live until it is published")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = JourneyExamples.DEFINITION))
    @APIResponse(responseCode = "200", description = "The new latest version")
    @APIResponse(responseCode = "404", description = "There is no such journey in this sandbox")
    @APIResponse(responseCode = "412", description = "If-Match names an older state")
    @APIResponse(responseCode = "422", description = "Every fault of the document, each with its pointer")
    public Response replace(
            @PathParam("name") String name, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, byte[] body) {
        return answer(
                Response.ok(),
                journeys.replace(caller.sandbox(), name, StrictJson.read(body), caller.keyId(), Tags.ifMatch(ifMatch)));
    }

    @DELETE
    @Path("/{name}")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Remove a journey and its versions; the name is free again")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "There is no such journey in this sandbox")
    @APIResponse(responseCode = "409", description = "It is live or paused, or profiles are inside")
    @APIResponse(responseCode = "412", description = "If-Match names an older state")
    public void delete(@PathParam("name") String name, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        journeys.delete(caller.sandbox(), name, Tags.ifMatch(ifMatch));
    }

    @POST
    @Path("/{name}/publish")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Make the latest version the one that events begin; profiles inside finish on theirs")
    @APIResponse(responseCode = "200", description = "Live")
    @APIResponse(responseCode = "404", description = "There is no such journey in this sandbox")
    @APIResponse(responseCode = "409", description = "It is paused, or was stopped and profiles are still leaving it")
    @APIResponse(responseCode = "422", description = "Everything that keeps it from being published, with pointers")
    public Response publish(@PathParam("name") String name) {
        return answer(Response.ok(), journeys.publish(caller.sandbox(), name, caller.keyId()));
    }

    @POST
    @Path("/{name}/stop")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Stop a journey: nobody enters any more, and profiles inside leave it")
    @APIResponse(responseCode = "200", description = "Stopped")
    @APIResponse(responseCode = "404", description = "There is no such journey in this sandbox")
    @APIResponse(responseCode = "409", description = "It was never published")
    public Response stop(@PathParam("name") String name) {
        return answer(Response.ok(), journeys.stop(caller.sandbox(), name, caller.keyId()));
    }

    @POST
    @Path("/{name}/pause")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Pause a journey: nobody enters, and profiles inside wait at their next call")
    @APIResponse(responseCode = "200", description = "Paused, now or before")
    @APIResponse(responseCode = "404", description = "There is no such journey in this sandbox")
    @APIResponse(responseCode = "409", description = "It is a draft or stopped")
    public Response pause(@PathParam("name") String name) {
        return answer(Response.ok(), journeys.pause(caller.sandbox(), name, caller.keyId()));
    }

    @POST
    @Path("/{name}/resume")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Go on with a paused journey")
    @APIResponse(responseCode = "200", description = "Live, now or before")
    @APIResponse(responseCode = "404", description = "There is no such journey in this sandbox")
    @APIResponse(responseCode = "409", description = "It is a draft or stopped")
    public Response resume(@PathParam("name") String name) {
        return answer(Response.ok(), journeys.resume(caller.sandbox(), name, caller.keyId()));
    }

    @GET
    @Path("/{name}/versions")
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "List the versions of a journey, newest first")
    @APIResponse(responseCode = "200", description = "items, each with its event, version and state; next")
    @APIResponse(responseCode = "400", description = "cursor-invalid")
    @APIResponse(responseCode = "404", description = "There is no such journey in this sandbox")
    public JsonNode versions(
            @PathParam("name") String name, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        Optional<Integer> before = Optional.ofNullable(cursor).map(Cursor::parseNumber);
        return journeys.versions(caller.sandbox(), name, before, Page.limit(Optional.ofNullable(limit)))
                .json(JourneyJson::summary);
    }

    @GET
    @Path("/{name}/versions/{version}")
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Show one version of a journey")
    @APIResponse(responseCode = "200", description = "The document as it was, with state, version and warnings")
    @APIResponse(responseCode = "404", description = "There is no such journey or version in this sandbox")
    public Response version(@PathParam("name") String name, @PathParam("version") String version) {
        int number = version.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(version) : 0;
        return answer(Response.ok(), journeys.version(caller.sandbox(), name, number));
    }

    private static Response answer(Response.ResponseBuilder builder, Journeys.Shown shown) {
        return builder.tag(shown.journey().tag())
                .entity(JourneyJson.whole(shown))
                .build();
    }
}
