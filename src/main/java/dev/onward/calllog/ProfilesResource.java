package dev.onward.calllog;

import dev.onward.access.Caller;
import dev.onward.call.ProfileEraser;
import dev.onward.sandbox.Sandbox;
import io.quarkus.arc.All;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/profiles}: what Onward keeps of a person, to be forgotten. */
@Path("/api/v1/profiles")
@Tag(name = "Profiles", description = "What Onward keeps of a person")
@Blocking
@APIResponse(responseCode = "429", description = "This API key asks too often; see Retry-After")
public final class ProfilesResource {

    private final CallLog log;
    private final List<ProfileEraser> others;
    private final Caller caller;

    ProfilesResource(CallLog log, @All List<ProfileEraser> others, Caller caller) {
        this.log = log;
        this.others = others;
        this.caller = caller;
    }

    /** Erases the person, by priority; the log comes last, for what the others end is logged too. */
    @DELETE
    @Path("/{profileId}")
    @RolesAllowed("admin")
    @Operation(
            operationId = "eraseProfile",
            summary = "Erase a person",
            description =
                    "Removes the profile's id, messages and mapped data from all that the sandbox keeps. The calls"
                            + " stay in the log, as numbers. A profile that is not known is erased as well: 204.")
    @APIResponse(responseCode = "204", description = "erased")
    @APIResponse(responseCode = "503", description = "overloaded: calls are still on their way into the log")
    public void erase(@PathParam("profileId") String profileId) {
        Sandbox sandbox = caller.sandbox();
        others.forEach(eraser -> eraser.erase(sandbox, profileId));
        log.erase(sandbox, profileId);
    }
}
