package dev.onward.action;

import dev.onward.database.Database;
import dev.onward.egress.EgressConfig;
import dev.onward.egress.EgressPolicy;
import dev.onward.egress.address.AddressRanges;
import dev.onward.egress.address.InterfaceAddresses;
import dev.onward.egress.address.OwnEndpoints;
import io.quarkus.vertx.http.HttpServer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.context.ManagedExecutor;

/** Makes the egress policy, which knows where this process and its database listen. */
final class EgressBeans {

    @Produces
    @Singleton
    EgressPolicy policy(EgressConfig config, Database database, HttpServer server, ManagedExecutor executor) {
        InterfaceAddresses interfaces = new InterfaceAddresses(System::nanoTime);
        OwnAddresses endpoints =
                new OwnAddresses(database::addresses, () -> listenerPorts(server), executor, System::nanoTime);
        return new EgressPolicy(config, new AddressRanges(interfaces), new OwnEndpoints(endpoints, interfaces));
    }

    /** A port of -1 stands for a listener that is off. */
    private static Set<Integer> listenerPorts(HttpServer server) {
        int plain = server.getPort();
        int secure = server.getSecurePort();
        if (plain <= 0) {
            return secure <= 0 ? Set.of() : Set.of(secure);
        }
        return secure <= 0 || secure == plain ? Set.of(plain) : Set.of(plain, secure);
    }
}
