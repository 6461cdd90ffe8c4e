package dev.onward.journey.entry;

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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/runs}: audiences on their way into journeys. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Audiences", description = "Send audiences through journeys. Roles: invoker, author, admin; reading: all.")
public class RunsResource {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final AudienceStore store;
    private final Caller caller;
    private final Clock clock;

    RunsResource(AudienceStore store, Caller caller, Clock clock) {
        this.store = store;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Role.Names.VIEWER, Role.Names.INVOKER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "List runs, newest first")
    @APIResponse(
            responseCode = "200",
            description = "items, each with state, upload and what became of its profiles; next")
    @APIResponse(responseCode = "400", description = "cursor-invalid")
    public JsonNode list(
            @QueryParam("journey") String journey,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        Optional<Cursor> from = Optional.ofNullable(cursor).map(text -> Cursor.parse(text, 2));
        Page<AudienceRun> page = store.list(
                caller.sandbox(),
                Optional.ofNullable(journey).filter(text -> !text.isEmpty()),
                from,
                Page.limit(Optional.ofNullable(limit)));
        Map<UUID, Map<String, Long>> endings =
                store.endings(page.items().stream().map(AudienceRun::id).toList());
        return page.json(run -> run.json(endings.getOrDefault(run.id(), Map.of())));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.Names.VIEWER, Role.Names.INVOKER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Show how far a run is, and what became of its profiles")
    @APIResponse(
            responseCode = "200",
            description = "state, upload, and the numbers of profiles by what became of them")
    @APIResponse(responseCode = "304", description = "The tag of If-None-Match is still the one")
    @APIResponse(responseCode = "404", description = "There is no such run in this sandbox")
    public Response get(@PathParam("id") String id, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        AudienceRun run =
                id(id).flatMap(known -> store.find(caller.sandbox(), known)).orElseThrow(RunsResource::missing);
        JsonNode shown = run.json(store.endings(run.id()));
        String tag = Tags.of(shown);
        return Tags.isKnown(ifNoneMatch, tag)
                ? Response.notModified(tag).build()
                : Response.ok(shown).tag(tag).build();
    }

    @POST
    @Path("/{id}/pause")
    @RolesAllowed({Role.Names.INVOKER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Let nobody more in for now")
    @APIResponse(responseCode = "200", description = "Paused, now or before")
    @APIResponse(responseCode = "404", description = "There is no such run in this sandbox")
    @APIResponse(responseCode = "409", description = "It has ended, or was cancelled")
    public JsonNode pause(@PathParam("id") String id) {
        return move(id, "paused");
    }

    @POST
    @Path("/{id}/resume")
    @RolesAllowed({Role.Names.INVOKER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Go on with a paused run")
    @APIResponse(responseCode = "200", description = "Running, now or before")
    @APIResponse(responseCode = "404", description = "There is no such run in this sandbox")
    @APIResponse(responseCode = "409", description = "It has ended, or was cancelled")
    public JsonNode resume(@PathParam("id") String id) {
        return move(id, "running");
    }

    @POST
    @Path("/{id}/cancel")
    @RolesAllowed({Role.Names.INVOKER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Let nobody more in; who is in goes on")
    @APIResponse(responseCode = "200", description = "Cancelled; nobody more comes in")
    @APIResponse(responseCode = "404", description = "There is no such run in this sandbox")
    @APIResponse(responseCode = "409", description = "It has ended, or was cancelled")
    public JsonNode cancel(@PathParam("id") String id) {
        return move(id, "cancelled");
    }

    private JsonNode move(String id, String state) {
        UUID known = id(id).orElseThrow(RunsResource::missing);
        AudienceRun run = store.find(caller.sandbox(), known).orElseThrow(RunsResource::missing);
        return store.move(caller.sandbox(), known, state, clock.instant())
                .map(moved -> moved.json(store.endings(known)))
                .orElseThrow(() -> new JourneyException(
                        JourneyException.Reason.WRONG_STATE,
                        "the run is " + run.state() + "; nothing can change that"));
    }

    private static Optional<UUID> id(String text) {
        return Optional.of(text).filter(id -> UUID_TEXT.matcher(id).matches()).map(UUID::fromString);
    }

    private static JourneyException missing() {
        return new JourneyException(JourneyException.Reason.NOT_FOUND, "there is no such run in this sandbox");
    }
}
