package dev.onward.journey.instance;

import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.journey.instance.InstanceReads.Filter;
import dev.onward.journey.instance.InstanceReads.StepEvent;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Cursor;
import dev.onward.value.JsonBuffer;
import dev.onward.value.Page;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/step-events}: every step of every instance, with the fields of the model system's step events. */
@Path("/api/v1/step-events")
@Blocking
@RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
@Tag(name = "Instances", description = "Profiles on their way through journeys. Roles: viewer, author, admin.")
public class StepEventsResource {

    private static final String LINES = "application/x-ndjson";

    private final InstanceReads reads;
    private final Caller caller;

    StepEventsResource(InstanceReads reads, Caller caller) {
        this.reads = reads;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "List step events, newest first",
            description =
                    "With Accept: application/x-ndjson all that match, one a line; limit and cursor do not count.")
    @Parameter(name = "journey", in = ParameterIn.QUERY)
    @Parameter(name = "profile", in = ParameterIn.QUERY)
    @Parameter(name = "instance", in = ParameterIn.QUERY)
    @Parameter(name = "step", in = ParameterIn.QUERY)
    @Parameter(name = "status", in = ParameterIn.QUERY)
    @Parameter(name = "from", in = ParameterIn.QUERY)
    @Parameter(name = "to", in = ParameterIn.QUERY)
    @Parameter(name = "limit", in = ParameterIn.QUERY)
    @Parameter(name = "cursor", in = ParameterIn.QUERY)
    @APIResponse(
            responseCode = "200",
            description = "items and next; or lines",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)),
                @Content(mediaType = LINES, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(responseCode = "400", description = "cursor-invalid")
    public Response list(@Context UriInfo uri, @Context HttpHeaders headers) {
        Sandbox sandbox = caller.sandbox();
        StepEventQuery asked = StepEventQuery.read(uri.getQueryParameters());
        if (headers.getAcceptableMediaTypes().stream()
                .anyMatch(type -> type.toString().startsWith(LINES))) {
            StreamingOutput lines = output -> export(sandbox, asked.filter(), output);
            return Response.ok(lines, LINES).build();
        }
        Page<StepEvent> page = reads.steps(sandbox, asked.filter(), asked.cursor(), asked.limit());
        return Response.ok(page.json(InstanceJson::event), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private void export(Sandbox sandbox, Filter filter, OutputStream output) throws IOException {
        Optional<Cursor> next = Optional.empty();
        do {
            Page<StepEvent> page = reads.steps(sandbox, filter, next, Page.MAX_LIMIT);
            for (StepEvent event : page.items()) {
                output.write(JsonBuffer.bytesOf(InstanceJson.event(event)));
                output.write('\n');
            }
            next = page.next();
        } while (next.isPresent());
    }
}
