package dev.onward.egress.address;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where Onward itself and its database listen: nobody may call there, whatever an operator allows. Thread-safe.
 *
 * <p>An endpoint at a loopback address, at the any-address or at an address of this machine counts for all of them: the
 * port alone decides then.
 */
public final class OwnEndpoints {

    private final Supplier<Set<InetSocketAddress>> endpoints;
    private final Supplier<Set<IpAddress>> interfaces;

    /**
     * The endpoints and what this machine's addresses are; both are asked at every check, so they must be quick.
     *
     * @param endpoints an unresolved one is known by its name only
     */
    public OwnEndpoints(Supplier<Set<InetSocketAddress>> endpoints, Supplier<Set<IpAddress>> interfaces) {
        this.endpoints = endpoints;
        this.interfaces = interfaces;
    }

    /** Whether a connection to the address, or to an IPv4 address inside it, could end at an own endpoint. */
    public boolean contains(IpAddress address, int port) {
        for (InetSocketAddress endpoint : endpoints.get()) {
            if (endpoint.getPort() == port && !endpoint.isUnresolved() && reaches(address, endpoint)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an own endpoint is known by this name. */
    public boolean contains(String host, int port) {
        for (InetSocketAddress endpoint : endpoints.get()) {
            if (endpoint.getPort() == port && endpoint.getHostString().equalsIgnoreCase(host)) {
                return true;
            }
        }
        return false;
    }

    private boolean reaches(IpAddress address, InetSocketAddress endpoint) {
        IpAddress own = IpAddress.of(endpoint.getAddress());
        return isSame(address, own) || address.embedded().stream().anyMatch(inner -> isSame(inner, own));
    }

    private boolean isSame(IpAddress called, IpAddress own) {
        return called.equals(own) || isLocal(called) && isLocal(own);
    }

    private boolean isLocal(IpAddress address) {
        return address.isLoopback()
                || address.isUnspecified()
                || interfaces.get().contains(address);
    }
}
