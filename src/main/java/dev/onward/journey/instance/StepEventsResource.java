package dev.onward.journey.instance;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.journey.instance.InstanceReads.Filter;
import dev.onward.journey.instance.InstanceReads.StepEvent;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Cursor;
import dev.onward.value.Issues;
import dev.onward.value.JsonBuffer;
import dev.onward.value.Page;
import dev.onward.value.ValueIssue;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/step-events}: every step of every instance, with the fields of the model system's step events. */
@Path("/api/v1/step-events")
@Blocking
@RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
@Tag(name = "Instances", description = "Profiles on their way through journeys. Roles: viewer, author, admin.")
public class StepEventsResource {

    private static final String LINES = "application/x-ndjson";
    private static final int CURSOR_PARTS = 3;

    private final InstanceReads reads;
    private final Caller caller;

    StepEventsResource(InstanceReads reads, Caller caller) {
        this.reads = reads;
        this.caller = caller;
    }

    /** What a client asks for. */
    public static final class Asked {
        @QueryParam("journey")
        @Nullable
        String journey;

        @QueryParam("profile")
        @Nullable
        String profile;

        @QueryParam("instance")
        @Nullable
        String instance;

        @QueryParam("step")
        @Nullable
        String step;

        @QueryParam("status")
        @Nullable
        String status;

        @QueryParam("from")
        @Nullable
        String from;

        @QueryParam("to")
        @Nullable
        String to;

        @QueryParam("limit")
        @Nullable
        String limit;

        @QueryParam("cursor")
        @Nullable
        String cursor;

        private Filter filter() {
            Issues issues = new Issues();
            Filter filter = new Filter(
                    text(journey),
                    text(profile),
                    text(instance),
                    text(step),
                    text(status),
                    time("from", text(from), issues),
                    time("to", text(to), issues));
            issues.throwIfErrors();
            return filter;
        }
    }

    @GET
    @Operation(
            summary = "List step events, newest first",
            description =
                    "With Accept: application/x-ndjson all that match, one a line; limit and cursor do not count.")
    @APIResponse(responseCode = "200", description = "items and next; or lines")
    public Response list(@BeanParam Asked asked, @Context HttpHeaders headers) {
        Sandbox sandbox = caller.sandbox();
        Filter filter = asked.filter();
        if (text(headers.getHeaderString(HttpHeaders.ACCEPT))
                .filter(accept -> accept.contains(LINES))
                .isPresent()) {
            StreamingOutput lines = output -> export(sandbox, filter, output);
            return Response.ok(lines, LINES).build();
        }
        Optional<Cursor> cursor = text(asked.cursor).map(text -> Cursor.parse(text, CURSOR_PARTS));
        Page<StepEvent> page = reads.steps(sandbox, filter, cursor, Page.limit(text(asked.limit)));
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

    private static Optional<String> text(@Nullable String parameter) {
        return Optional.ofNullable(parameter).filter(text -> !text.isEmpty());
    }

    private static Optional<Instant> time(String name, Optional<String> text, Issues issues) {
        try {
            return text.map(given -> OffsetDateTime.parse(given).toInstant());
        } catch (DateTimeException notATime) {
            issues.error(
                    JsonPointer.empty().appendProperty(name),
                    ValueIssue.BAD_FORMAT,
                    "'" + name + "' must be an ISO-8601 time with an offset, such as 2026-01-31T10:00:00Z");
            return Optional.empty();
        }
    }
}
