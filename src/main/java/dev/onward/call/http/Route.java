package dev.onward.call.http;

import dev.onward.egress.Scheme;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How calls leave the house.
 *
 * @param proxy through whom; empty for nobody
 * @param trust who may sign a provider's certificate; empty for the JVM's own list
 */
public record Route(Optional<ProxyOptions> proxy, Optional<TrustOptions> trust) {

    /** Without a proxy, with the JVM's own list of authorities. */
    public static final Route DIRECT = new Route(Optional.empty(), Optional.empty());

    /**
     * The route of the configuration.
     *
     * @throws IllegalArgumentException when a value cannot be used; the message names its key, and no secret
     */
    public static Route of(RouteConfig config) {
        return new Route(
                config.proxy().map(ProxyUrl::parse),
                config.trustStore()
                        .map(file -> Authorities.besideThoseOfTheJvm(
                                Path.of(file), config.trustStorePassword().orElse(""))));
    }

    /** For the operator, without secrets: {@code through the proxy 10.0.0.7:3128, https only}. */
    public String description() {
        return proxy.map(through -> "through the proxy " + through.getHost() + ":" + through.getPort()
                        + (carries(Scheme.HTTP) ? "" : ", https only"))
                .orElse("directly");
    }

    /**
     * Whether calls of this scheme can go out. Through an HTTP proxy those in clear text cannot: Vert.x would hand their
     * URL and headers to the proxy, which would look the name up again, so that the checked address counted no more.
     */
    boolean carries(Scheme scheme) {
        return scheme == Scheme.HTTPS
                || proxy.filter(through -> through.getType() == ProxyType.HTTP).isEmpty();
    }
}
