package dev.onward.call.guard;

import dev.onward.call.CallRequest;
import dev.onward.egress.Destination;
import dev.onward.egress.Scheme;
import dev.onward.sandbox.Sandbox;

/** What shares one guard: a host, by scheme and port, as one sandbox sees it. */
public record HostKey(Sandbox sandbox, Scheme scheme, String host, int port) {

    static HostKey of(CallRequest request) {
        Destination destination = request.message().destination();
        return new HostKey(request.sandbox(), destination.scheme(), destination.host(), destination.port());
    }
}
