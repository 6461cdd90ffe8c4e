package dev.onward.database;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where the database is and how to sign in.
 *
 * @param url a JDBC URL of PostgreSQL
 */
record ServerLocation(String url, Optional<String> username, Optional<String> password) {

    /** Every address of every host in the URL, looked up now; a host without an address is left out. */
    List<InetSocketAddress> addresses() {
        Properties parsed = Driver.parseURL(url, new Properties());
        if (parsed == null) {
            return List.of();
        }
        String[] hosts = PGProperty.PG_HOST.getOrDefault(parsed).split(",", -1);
        String[] ports = PGProperty.PG_PORT.getOrDefault(parsed).split(",", -1);
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int i = 0; i < hosts.length; i++) {
            int port = Integer.parseInt(ports[Math.min(i, ports.length - 1)]);
            for (InetAddress address : lookUp(hosts[i])) {
                addresses.add(new InetSocketAddress(address, port));
            }
        }
        return addresses;
    }

    private static InetAddress[] lookUp(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            return new InetAddress[0];
        }
    }

    /** Without the password, and without the URL, which may carry one. */
    @Override
    public String toString() {
        return "ServerLocation[username=%s]".formatted(username.orElse("none"));
    }
}
