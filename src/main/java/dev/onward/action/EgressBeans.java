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
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;

/** Makes the egress policy, which knows where this process and its database listen. */
final class EgressBeans {

    @Produces
    @Singleton
    EgressPolicy policy(EgressConfig config, Database database, HttpServer server) {
        InterfaceAddresses interfaces = new InterfaceAddresses(System::nanoTime);
        OwnEndpoints own = new OwnEndpoints(() -> endpoints(database, server), interfaces);
        return new EgressPolicy(config, new AddressRanges(interfaces), own);
    }

    private static Set<InetSocketAddress> endpoints(Database database, HttpServer server) {
        Set<InetSocketAddress> endpoints = new HashSet<>(database.addresses());
        addListener(endpoints, server.getPort());
        addListener(endpoints, server.getSecurePort());
        return endpoints;
    }

    /** A port of -1 stands for a listener that is off. */
    private static void addListener(Set<InetSocketAddress> endpoints, int port) {
        if (port > 0) {
            endpoints.add(new InetSocketAddress(port));
        }
    }
}
