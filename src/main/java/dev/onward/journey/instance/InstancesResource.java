package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.journey.definition.JourneyException;
import dev.onward.value.Cursor;
import dev.onward.value.Page;
import dev.onward.value.Tags;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/instances}: profiles on their way. */
@Path("/api/v1/instances")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
@Tag(name = "Instances", description = "Profiles on their way through journeys. Roles: viewer, author, admin.")
public class InstancesResource {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final InstanceReads reads;
    private final Caller caller;

    InstancesResource(InstanceReads reads, Caller caller) {
        this.reads = reads;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "List instances, newest first")
    @APIResponse(responseCode = "200", description = "items, without their steps; next")
    @APIResponse(responseCode = "400", description = "cursor-invalid")
    public JsonNode list(
            @QueryParam("journey") String journey,
            @QueryParam("profile") String profile,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        Optional<Cursor> from = Optional.ofNullable(cursor).map(text -> Cursor.parse(text, 2));
        return reads.list(
                        caller.sandbox(),
                        Optional.ofNullable(journey),
                        Optional.ofNullable(profile),
                        from,
                        Page.limit(Optional.ofNullable(limit)))
                .json(InstanceJson::summary);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Show one profile's way through a journey, step by step")
    @APIResponse(responseCode = "200", description = "The instance with its steps")
    @APIResponse(responseCode = "404", description = "There is no such instance in this sandbox, or it is forgotten")
    @APIResponse(responseCode = "304", description = "The tag of If-None-Match is still the one")
    public Response get(@PathParam("id") String id, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        InstanceRow row = Optional.of(id)
                .filter(text -> UUID_TEXT.matcher(text).matches())
                .flatMap(text -> reads.find(caller.sandbox(), UUID.fromString(text)))
                .orElseThrow(() -> new JourneyException(
                        JourneyException.Reason.NOT_FOUND, "there is no such instance in this sandbox"));
        JsonNode shown = InstanceJson.whole(row, reads.steps(row.instance().id()));
        String tag = Tags.of(shown);
        return Tags.isKnown(ifNoneMatch, tag)
                ? Response.notModified(tag).build()
                : Response.ok(shown).tag(tag).build();
    }
}
