package dev.onward.egress;

import dev.onward.egress.address.AddressRanges;
import dev.onward.egress.address.IpAddress;
import dev.onward.egress.address.OwnEndpoints;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A configuration, and policies of it on a machine that has an address, a listener and two databases elsewhere. */
record TestEgressConfig(Optional<List<String>> allow, Optional<List<String>> schemes, Optional<List<String>> ports)
        implements EgressConfig {

    static final TestEgressConfig EMPTY = new TestEgressConfig(Optional.empty(), Optional.empty(), Optional.empty());

    private static final Set<IpAddress> INTERFACES = Set.of(
            IpAddress.parse("127.0.0.1").orElseThrow(),
            IpAddress.parse("9.8.7.6").orElseThrow());
    private static final Set<InetSocketAddress> ENDPOINTS = Set.of(
            new InetSocketAddress("0.0.0.0", 8080),
            new InetSocketAddress("198.51.100.7", 5432),
            InetSocketAddress.createUnresolved("DB.example.com", 5432));

    /** One value only. */
    TestEgressConfig(String key, List<String> value) {
        this(only("allow", key, value), only("schemes", key, value), only("ports", key, value));
    }

    static EgressPolicy policy(EgressConfig config) {
        return new EgressPolicy(
                config, new AddressRanges(() -> INTERFACES), new OwnEndpoints(() -> ENDPOINTS, () -> INTERFACES));
    }

    static EgressPolicy allowing(String... entries) {
        return policy(new TestEgressConfig("allow", List.of(entries)));
    }

    private static Optional<List<String>> only(String wanted, String key, List<String> value) {
        return wanted.equals(key) ? Optional.of(value) : Optional.empty();
    }
}
