package dev.onward.journey.consent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.value.StrictJson;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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
    public JsonNode get() {
        return store.shown(caller.sandbox());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.Names.ADMIN)
    @Operation(
            summary = "Replace labels and policies",
            description = "From then on a journey that uses a labelled field for a forbidden marketing action cannot be"
                    + " published. Journeys that are live stay so.")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = EXAMPLE))
    @APIResponse(responseCode = "422", description = "Every fault, with its pointer")
    public JsonNode replace(byte[] body) {
        store.replace(caller.sandbox(), StrictJson.read(body), caller.keyId());
        return store.shown(caller.sandbox());
    }
}
