package dev.onward.egress.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * An IP address as a number of 128 bits. An IPv4 address is held as its IPv4-mapped form (RFC 4291 §2.5.5.2), which is
 * how systems treat that form when they connect: {@code ::ffff:127.0.0.1} is 127.0.0.1.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record IpAddress(long high, long low) {

    /** The upper half of {@link #low} of every IPv4-mapped address. */
    static final long V4_MARK = 0xFFFFL << 32;

    private static final long V4_BITS = 0xFFFF_FFFFL;

    /** An IPv4 address of its 32 bits. */
    static IpAddress v4(long bits) {
        return new IpAddress(0, V4_MARK | bits & V4_BITS);
    }

    public static IpAddress of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == 4 ? v4(bytes.getInt()) : new IpAddress(bytes.getLong(), bytes.getLong());
    }

    /**
     * Reads a canonical dotted quad ({@code 127.0.0.1}: four decimal numbers without leading zeros) or an IPv6 address
     * without brackets and zone (RFC 4291 §2.2).
     */
    public static Optional<IpAddress> parse(String text) {
        return text.indexOf(':') >= 0 ? IpText.v6(text) : IpText.v4(text);
    }

    public boolean isV4() {
        return high == 0 && low >>> 32 == 0xFFFF;
    }

    boolean isLoopback() {
        return isV4() ? (low & V4_BITS) >>> 24 == 127 : high == 0 && low == 1;
    }

    /** The any-address, which connects to this machine; for IPv4 the whole of 0.0.0.0/8 counts. */
    boolean isUnspecified() {
        return isV4() ? (low & V4_BITS) >>> 24 == 0 : high == 0 && low == 0;
    }

    /**
     * As the JDK has it.
     *
     * @param host kept as the address's name, so that nobody looks one up for it
     */
    public InetAddress toInetAddress(String host) {
        try {
            return InetAddress.getByAddress(host, bytes());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 bytes are always an address", impossible);
        }
    }

    /**
     * The IPv4 addresses that a gateway on the way may turn this IPv6 address into: those inside an IPv4-compatible,
     * NAT64 (RFC 6052), 6to4 (RFC 3056) or Teredo (RFC 4380) address.
     */
    List<IpAddress> embedded() {
        if (high == 0 && low >>> 32 == 0 || high >>> 32 == 0x0064_FF9BL) {
            return List.of(v4(low));
        }
        if (high >>> 48 == 0x2002) {
            return List.of(v4(high >>> 16));
        }
        return high >>> 32 == 0x2001_0000L ? List.of(v4(~low)) : List.of();
    }

    /** In IPv6 notation (RFC 5952 §4), which for IPv4 is the mapped form with hexadecimal digits only. */
    public String toV6Text() {
        return IpText.v6Text(this);
    }

    /** A dotted quad for IPv4, else RFC 5952. */
    @Override
    public String toString() {
        return isV4() ? IpText.v4Text(low) : toV6Text();
    }

    private byte[] bytes() {
        return isV4()
                ? ByteBuffer.allocate(4).putInt((int) low).array()
                : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }
}
