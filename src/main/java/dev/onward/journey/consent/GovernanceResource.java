package dev.onward.journey.consent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.value.StrictJson;
import dev.onward.value.Tags;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/governance}: labels of profile fields, and what they may not be used for. */
@Path("/api/v1/governance")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Governance", description = "Labels and policies. Reading: viewer, author, admin. Writing: admin.")
public class GovernanceResource {

    private static final String EXAMPLE = """
            { "labels": { "mobilePhone.number": [ "C2" ] },
              "policies": [ { "name": "no third party by SMS", "label": "C2", "marketingAction": "sms" } ] }""";

    private final GovernanceStore store;
    private final Caller caller;

    GovernanceResource(GovernanceStore store, Caller caller) {
        this.store = store;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Show labels and policies")
    @APIResponse(responseCode = "200", description = "labels and policies")
    @APIResponse(responseCode = "304", description = "The tag of If-None-Match is still the one")
    public Response get(@HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        JsonNode shown = store.shown(caller.sandbox());
        String tag = Tags.of(shown);
        return Tags.isKnown(ifNoneMatch, tag) ? Response.notModified(tag).build() : tagged(shown, tag);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.Names.ADMIN)
    @Operation(
            summary = "Replace labels and policies",
            description = "From then on a journey that uses a labelled field for a forbidden marketing action cannot be"
                    + " published. Journeys that are live stay so.")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = EXAMPLE))
    @APIResponse(responseCode = "200", description = "The new state")
    @APIResponse(responseCode = "422", description = "Every fault, with its pointer")
    @APIResponse(responseCode = "412", description = "The tag of If-Match is not the present one")
    public Response replace(@HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, byte[] body) {
        store.replace(caller.sandbox(), StrictJson.read(body), caller.keyId(), Tags.ifMatch(ifMatch));
        JsonNode shown = store.shown(caller.sandbox());
        return tagged(shown, Tags.of(shown));
    }

    private static Response tagged(JsonNode shown, String tag) {
        return Response.ok(shown, MediaType.APPLICATION_JSON_TYPE).tag(tag).build();
    }
}
