package dev.onward.dispatch;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.dispatch.store.PauseStore.Kind;
import dev.onward.dispatch.store.PauseStore.Paused;
import dev.onward.value.InvalidException;
import dev.onward.value.Issue;
import dev.onward.value.ValueIssue;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/hosts/{host}/pause|resume}: a host that is not to be called for now, by any action. */
@Path("/api/v1/hosts")
@Tag(name = "Pauses")
@Blocking
public class HostPauseResource {

    private static final Pattern HOST = Pattern.compile("(?:[a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}])(?::[0-9]{1,5})?");

    private final PausedCalls paused;
    private final Caller caller;

    HostPauseResource(PausedCalls paused, Caller caller) {
        this.paused = paused;
        this.caller = caller;
    }

    /** Pauses a host. */
    @POST
    @Path("/{host}/pause")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(
            operationId = "pauseHost",
            summary = "Pause a host, with or without a port: as pausing all actions that call it")
    @APIResponse(responseCode = "204", description = "It is paused in this sandbox")
    @APIResponse(responseCode = "422", description = "validation-failed: that is no host")
    public void pause(@PathParam("host") String host) {
        paused.pause(checked(host));
    }

    /** Ends the pause of a host. */
    @POST
    @Path("/{host}/resume")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(operationId = "resumeHost", summary = "End the pause of a host, written as it was paused")
    @APIResponse(responseCode = "204", description = "It is not paused")
    @APIResponse(responseCode = "422", description = "validation-failed: that is no host")
    public void resume(@PathParam("host") String host) {
        paused.resume(checked(host));
    }

    private Paused checked(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (!HOST.matcher(name).matches()) {
            throw new InvalidException(List.of(new Issue(
                    Issue.Severity.ERROR,
                    JsonPointer.empty().appendProperty("host"),
                    ValueIssue.BAD_FORMAT,
                    "a host is a name or an address, with a port or without, such as sms.example.com:8443")));
        }
        return new Paused(caller.sandbox(), Kind.HOST, name);
    }
}
