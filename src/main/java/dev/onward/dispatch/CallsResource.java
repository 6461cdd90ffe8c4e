package dev.onward.dispatch;

import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.call.CallId;
import dev.onward.calllog.search.LogScope;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/calls}: durable calls, to be taken back. The log shows them. */
@Path("/api/v1/calls")
@Tag(name = "Durable calls")
@Blocking
public class CallsResource {

    private final Cancellations cancellations;
    private final Caller caller;

    CallsResource(Cancellations cancellations, Caller caller) {
        this.cancellations = cancellations;
        this.caller = caller;
    }

    /** Takes a call back. */
    @DELETE
    @Path("/{callId}")
    @RolesAllowed({Role.Names.INVOKER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(operationId = "cancelCall", summary = "Take back a call that waits: it ends as cancelled")
    @APIResponse(responseCode = "204", description = "It will not be sent, or not again")
    @APIResponse(responseCode = "404", description = "not-found: there is no such call, or none of this key's")
    @APIResponse(responseCode = "409", description = "conflict: it is being sent, or has ended")
    public void cancel(@PathParam("callId") String callId) {
        Optional<String> callerId = caller.readsOnlyOwnCalls() ? Optional.of(caller.keyId()) : Optional.empty();
        cancellations.cancel(new LogScope(caller.sandbox(), callerId), CallId.parse(callId));
    }
}
