package dev.onward.egress.address;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tells which addresses are not public: every block of the IANA special-purpose address registries (RFC 6890 and its
 * updates), whether globally reachable or not, multicast, well-known platform services, and this machine's own
 * addresses. Of IPv6 only global unicast (2000::/3) is public. Thread-safe.
 */
public final class AddressRanges {

    private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3").orElseThrow();

    private static final List<Block> NOT_PUBLIC = Stream.of(
                    block("0.0.0.0/8", "this network"),
                    block("10.0.0.0/8", "private use"),
                    block("100.64.0.0/10", "shared address space"),
                    block("127.0.0.0/8", "loopback"),
                    block("168.63.129.16", "platform service"),
                    block("169.254.0.0/16", "link-local"),
                    block("172.16.0.0/12", "private use"),
                    block("192.0.0.0/24", "protocol assignments"),
                    block("192.0.2.0/24", "documentation"),
                    block("192.31.196.0/24", "AS112"),
                    block("192.52.193.0/24", "multicast tunnels"),
                    block("192.88.99.0/24", "6to4 relays"),
                    block("192.168.0.0/16", "private use"),
                    block("192.175.48.0/24", "AS112"),
                    block("198.18.0.0/15", "benchmarking"),
                    block("198.51.100.0/24", "documentation"),
                    block("203.0.113.0/24", "documentation"),
                    block("224.0.0.0/4", "multicast"),
                    block("240.0.0.0/4", "reserved or broadcast"),
                    block("::1", "loopback"),
                    block("::/96", "unspecified or IPv4-compatible"),
                    block("64:ff9b::/96", "NAT64"),
                    block("64:ff9b:1::/48", "local NAT64"),
                    block("100::/64", "discard-only"),
                    block("100:0:0:1::/64", "dummy prefix"),
                    block("2001::/23", "protocol assignments, Teredo included"),
                    block("2001:db8::/32", "documentation"),
                    block("2002::/16", "6to4"),
                    block("2620:4f:8000::/48", "AS112"),
                    block("3fff::/20", "documentation"),
                    block("5f00::/16", "segment routing"),
                    block("fc00::/7", "unique local"),
                    block("fe80::/10", "link-local"),
                    block("fec0::/10", "site-local"),
                    block("ff00::/8", "multicast"))
            .toList();

    private static final List<Block> V4 = of(true);
    private static final List<Block> V6 = of(false);

    private final Supplier<Set<IpAddress>> own;

    /** @param own the addresses of this machine's interfaces; asked at every check, so it must be quick */
    public AddressRanges(Supplier<Set<IpAddress>> own) {
        this.own = own;
    }

    /** Why the address is not public, for the operator; empty when it is public. */
    public Optional<String> refusal(IpAddress address) {
        for (Block block : address.isV4() ? V4 : V6) {
            if (block.cidr().contains(address)) {
                return Optional.of(block.use());
            }
        }
        if (!address.isV4() && !GLOBAL_UNICAST.contains(address)) {
            return Optional.of("outside 2000::/3");
        }
        return own.get().contains(address) ? Optional.of("an address of this machine") : Optional.empty();
    }

    private static Block block(String cidr, String use) {
        return new Block(Cidr.parse(cidr).orElseThrow(), cidr + ", " + use);
    }

    private static List<Block> of(boolean v4) {
        return NOT_PUBLIC.stream()
                .filter(block -> block.cidr().network().isV4() == v4)
                .toList();
    }

    private record Block(Cidr cidr, String use) {}
}
