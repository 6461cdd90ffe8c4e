package dev.onward.call.http;

import io.vertx.core.net.TrustOptions;
import java.util.Optional;

/**
 * How calls leave the house.
 *
 * @param trust who may sign a provider's certificate; empty for the JVM's own list
 */
public record Route(Optional<TrustOptions> trust) {

    /** Without a proxy, with the JVM's own list of authorities. */
    public static final Route DIRECT = new Route(Optional.empty());
}
