package dev.onward.dispatch;

import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.dispatch.store.PauseStore.Kind;
import dev.onward.dispatch.store.PauseStore.Paused;
import dev.onward.invocation.Invocations;
import dev.onward.invocation.Invocations.Target;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/actions/{name}/pause|resume}: an action that is not to be called for now. */
@Path("/api/v1/actions")
@Tag(name = "Pauses", description = "What is not to be called for now. Roles: author, admin; reading: viewer.")
@Blocking
public class PauseResource {

    private final PausedCalls paused;
    private final Invocations invocations;
    private final Caller caller;

    PauseResource(PausedCalls paused, Invocations invocations, Caller caller) {
        this.paused = paused;
        this.invocations = invocations;
        this.caller = caller;
    }

    /** Pauses an action. */
    @POST
    @Path("/{name}/pause")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(
            operationId = "pauseAction",
            summary = "Pause an action",
            description =
                    "Durable calls hold their place; others fail at once with the code paused. What is being sent is"
                            + " not stopped. Other processes learn of it within seconds.")
    @APIResponse(responseCode = "204", description = "It is paused")
    @APIResponse(responseCode = "404", description = "not-found")
    public void pause(@PathParam("name") String name) {
        paused.pause(action(name));
    }

    /** Ends the pause of an action. */
    @POST
    @Path("/{name}/resume")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(
            operationId = "resumeAction",
            summary = "End the pause of an action: what waited goes on in its old order")
    @APIResponse(responseCode = "204", description = "It is not paused")
    @APIResponse(responseCode = "404", description = "not-found")
    public void resume(@PathParam("name") String name) {
        paused.resume(action(name));
    }

    private Paused action(String name) {
        Target target = new Target(caller.sandbox(), name, caller.keyId(), Optional.empty());
        invocations.find(target).toCompletableFuture().join();
        return new Paused(caller.sandbox(), Kind.ACTION, name);
    }
}
