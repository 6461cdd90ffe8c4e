package dev.onward.dispatch;

import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.dispatch.store.PauseStore.Listed;
import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonMembers;
import dev.onward.value.Times;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/pauses}: what is paused in the sandbox. */
@Path("/api/v1/pauses")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Pauses")
@Blocking
public class PausesResource {

    private final PausedCalls paused;
    private final Caller caller;

    PausesResource(PausedCalls paused, Caller caller) {
        this.paused = paused;
        this.caller = caller;
    }

    /** All that is paused. */
    @GET
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(operationId = "listPauses", summary = "What is paused in this sandbox")
    @APIResponse(
            responseCode = "200",
            description = "{\"items\":[{\"kind\":\"action\",\"name\":\"…\",\"since\":\"…\"}]}")
    public byte[] list() {
        List<Listed> all = paused.list(caller.sandbox());
        JsonBuffer json = new JsonBuffer(256);
        JsonMembers.object(
                json,
                members -> members.array(
                        "items",
                        all,
                        (each, item) -> item.text(
                                        "kind", each.paused().kind().name().toLowerCase(Locale.ROOT))
                                .text("name", each.paused().name())
                                .text("since", Times.text(each.since()))));
        return json.toByteArray();
    }
}
