package dev.onward.calllog.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.calllog.CallLog;
import dev.onward.value.Times;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/reports/actions}: how many calls went how, and how long they took. */
@Path("/api/v1/reports/actions")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
@Tag(name = "Logs", description = "Calls and what they add up to.")
public class ReportsResource {

    private final Reports reports;
    private final CallLog log;
    private final Caller caller;
    private final Clock clock;

    ReportsResource(Reports reports, CallLog log, Caller caller, Clock clock) {
        this.reports = reports;
        this.log = log;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "reportActions", summary = "Sum up the calls of a time")
    @Parameter(
            name = "by",
            in = ParameterIn.QUERY,
            description = "Some of action, endpoint (which is the host), journey; or none")
    @Parameter(name = "per", in = ParameterIn.QUERY, description = "A row for each minute, hour or day")
    @Parameter(name = "from", in = ParameterIn.QUERY, description = "ISO-8601; an hour before to when absent")
    @Parameter(name = "to", in = ParameterIn.QUERY, description = "ISO-8601; now when absent")
    @Parameter(name = "action", in = ParameterIn.QUERY)
    @Parameter(name = "journey", in = ParameterIn.QUERY)
    @Parameter(name = "host", in = ParameterIn.QUERY)
    @APIResponse(
            responseCode = "200",
            description = "from, to and items: calls, sent, succeeded, clientErrors, serverErrors, timedOut, capped,"
                    + " skippedConsent, otherFailures, attempts, callsPerSecond; of those sent, without the time"
                    + " queued, meanMs, meanSucceededMs, p50Ms, p95Ms, p99Ms; and meanQueuedMs, p50QueuedMs,"
                    + " p95QueuedMs, p99QueuedMs")
    @APIResponse(responseCode = "422", description = "Parameters with faults, or more than 10,000 items")
    public JsonNode report(@Context UriInfo uri) {
        ReportQuery asked = ReportQuery.read(uri.getQueryParameters(), clock.instant());
        log.awaitForReader();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("from", Times.text(asked.from()))
                .put("to", Times.text(asked.to()));
        json.set("items", reports.rows(caller.sandbox(), asked));
        return json;
    }
}
