package dev.onward.egress.address;

import java.util.Optional;

/**
 * A block of addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}; one address is a block too.
 *
 * @param network the first address
 * @param prefixBits how many of the 128 bits are fixed; for IPv4 that is 96 more than the text says
 */
public record Cidr(IpAddress network, int prefixBits) {

    private static final int V6_BITS = 128;
    private static final int V4_MAPPED_BITS = 96;

    /** @throws IllegalArgumentException when the network has a bit set behind the prefix */
    public Cidr {
        if (prefixBits < 0 || prefixBits > V6_BITS) {
            throw new IllegalArgumentException("the prefix of a CIDR must be from 0 to 128, was " + prefixBits);
        }
        if ((network.high() & ~highMask(prefixBits)) != 0 || (network.low() & ~lowMask(prefixBits)) != 0) {
            throw new IllegalArgumentException("the address of a CIDR must be zero behind the prefix");
        }
    }

    /**
     * Reads an address or a CIDR.
     *
     * @return empty when the text before the slash is no address
     * @throws IllegalArgumentException when the prefix is no number, is out of range or cuts the address
     */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        return IpAddress.parse(slash < 0 ? text : text.substring(0, slash))
                .map(address -> new Cidr(
                        address, slash < 0 ? V6_BITS : prefix(text.substring(slash + 1), text.indexOf(':') < 0)));
    }

    /** Whether the address is in the block. An IPv6 block never holds an IPv4 address, {@code ::/0} neither. */
    public boolean contains(IpAddress address) {
        return (prefixBits >= V4_MAPPED_BITS || !address.isV4())
                && (address.high() & highMask(prefixBits)) == network.high()
                && (address.low() & lowMask(prefixBits)) == network.low();
    }

    private static int prefix(String text, boolean v4) {
        int most = v4 ? V6_BITS - V4_MAPPED_BITS : V6_BITS;
        if (!text.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(
                    "the prefix must be a number from 0 to " + most + ", found '" + text + "'");
        }
        return Integer.parseInt(text) + (v4 ? V4_MAPPED_BITS : 0);
    }

    private static long highMask(int prefix) {
        return prefix == 0 ? 0 : prefix >= 64 ? -1 : -1L << 64 - prefix;
    }

    private static long lowMask(int prefix) {
        return prefix <= 64 ? 0 : -1L << V6_BITS - prefix;
    }
}
