package dev.onward.journey.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.invocation.batch.Batches;
import dev.onward.journey.definition.JourneyException;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Cursor;
import dev.onward.value.InvalidException;
import dev.onward.value.JsonException;
import dev.onward.value.Page;
import dev.onward.value.StrictJson;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/events}: events that bring profiles into journeys. */
@Path("/api/v1/events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events", description = "Send events. Roles: invoker, author, admin.")
public class EventsResource {

    private static final String EXAMPLE = """
            { "eventId": "e-1", "name": "OrderShipped", "profileId": "p-1",
              "payload": { "orderId": "A-7", "total": 42.5, "items": [ { "sku": "S1", "price": 20 } ] },
              "profile": { "mobilePhone": { "number": "+33600000000" } } }""";

    private static final int ACCEPTED = 202;

    private final Events events;
    private final TroubledEvents troubled;
    private final EventArrivals arrivals;
    private final Caller caller;

    EventsResource(Events events, TroubledEvents troubled, EventArrivals arrivals, Caller caller) {
        this.events = events;
        this.troubled = troubled;
        this.arrivals = arrivals;
        this.caller = caller;
    }

    /** Accepts one event; a stream of them is taken by {@link EventStreamResource}. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.INVOKER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(
            operationId = "sendEvent",
            summary = "Accept an event: stored, then looked at by every journey that it begins",
            description = "An eventId that came within the last seven days is accepted and ignored. With Content-Type"
                    + " application/x-ndjson the body is a stream of events, and the answer counts them.")
    @RequestBody(
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.OBJECT),
                        example = EXAMPLE),
                @Content(mediaType = Batches.MEDIA_TYPE, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(
            responseCode = "202",
            description = "{\"accepted\":1,\"duplicates\":0,\"rejected\":[]}: on disk; of a stream each line that was"
                    + " refused with its problem")
    @APIResponse(responseCode = "422", description = "The event has faults; nothing was accepted")
    @APIResponse(responseCode = "429", description = "Too many events wait for journeys; see Retry-After")
    @APIResponse(
            responseCode = "503",
            description = "overloaded: the database is away or too many wait; see Retry-After")
    public CompletionStage<Response> send(byte[] body) {
        return accept(body)
                .thenApply(answer ->
                        Response.status(ACCEPTED).entity(answer.json()).build());
    }

    /** Lists events that were given up. */
    @GET
    @Path("/set-aside")
    @Blocking
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(
            operationId = "listEventsSetAside",
            summary = "List the events that were set aside, the one that was accepted last first",
            description =
                    "Events that Onward could not look at for about a day, by a fault of its own. The log tells why,"
                            + " by eventId. Roles: viewer, author, admin.")
    @APIResponse(
            responseCode = "200",
            description = "items, each with eventId, name, profileId, receivedAt and setAsideAt; next")
    @APIResponse(responseCode = "400", description = "cursor-invalid")
    public JsonNode setAside(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        Optional<Cursor> from = Optional.ofNullable(cursor).map(text -> Cursor.parse(text, 1));
        return troubled.list(caller.sandbox(), from, Page.limit(Optional.ofNullable(limit)))
                .json(EventSetAside::json);
    }

    /** Tries events again that were given up. */
    @POST
    @Path("/set-aside/retry")
    @Blocking
    @RolesAllowed(Role.Names.ADMIN)
    @Operation(
            operationId = "retryEventsSetAside",
            summary = "Look again at the events that were set aside",
            description = "Events that Onward could not look at for about a day, by a fault of its own. Role: admin.")
    @APIResponse(responseCode = "200", description = "{\"retried\":2}: how many there were")
    public JsonNode retry() {
        int retried = troubled.takeUp(caller.sandbox());
        arrivals.arrived();
        return JsonNodeFactory.instance.objectNode().put("retried", retried);
    }

    /** Gives an event up for good. */
    @DELETE
    @Path("/set-aside/{eventId}")
    @Blocking
    @RolesAllowed(Role.Names.ADMIN)
    @Operation(
            operationId = "discardEventSetAside",
            summary = "Discard an event that was set aside",
            description = "Role: admin.")
    @APIResponse(responseCode = "204", description = "discarded")
    @APIResponse(responseCode = "404", description = "no event with this id is set aside")
    public void discard(@PathParam("eventId") String eventId) {
        if (!troubled.discard(caller.sandbox(), eventId)) {
            throw new JourneyException(
                    JourneyException.Reason.NOT_FOUND, "no event '" + eventId + "' is set aside in this sandbox");
        }
    }

    private CompletionStage<InvocationAnswer> accept(byte[] body) {
        Sandbox sandbox = caller.sandbox();
        try {
            return events.accept(sandbox, StrictJson.read(body));
        } catch (JsonException | InvalidException faulty) {
            events.rejected();
            throw faulty;
        }
    }
}
