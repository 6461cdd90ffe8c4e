package dev.onward.problem;

import dev.onward.access.Caller;
import dev.onward.listener.RequestRate;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Counts the requests of each API key; one too many is refused with 429. It runs once the key was recognised. */
@Provider
public class RequestLimit implements ContainerRequestFilter {

    private final RequestRate rate;
    private final Caller caller;

    RequestLimit(RequestRate rate, Caller caller) {
        this.rate = rate;
        this.caller = caller;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (caller.isRecognised()) {
            rate.count(caller.keyId(), request.getUriInfo().getPath());
        }
    }
}
