package dev.onward.limit;

import dev.onward.access.Caller;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/endpointConfigs}. */
@Path("/api/v1/endpointConfigs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(
        name = "Limits",
        description = "Cappings refuse, throttlings make wait. Reading: viewer, author, admin. Writing: author, admin.")
@APIResponse(responseCode = "429", description = "This API key asks too often; see Retry-After")
public class EndpointConfigsResource extends LimitConfigResource {

    EndpointConfigsResource(LimitConfigs configs, Caller caller) {
        super(LimitKind.CAPPING, configs, caller);
    }
}
