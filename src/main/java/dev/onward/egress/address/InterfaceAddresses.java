package dev.onward.egress.address;

import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The addresses of this machine's network interfaces, read again when older than {@link #MAX_AGE}: addresses come and
 * go with virtual interfaces. Thread-safe.
 */
public final class InterfaceAddresses implements Supplier<Set<IpAddress>> {

    public static final Duration MAX_AGE = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private volatile Snapshot snapshot;

    /** @param nanoTime nanoseconds since any fixed moment, as {@link System#nanoTime()} gives them */
    public InterfaceAddresses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.snapshot = new Snapshot(read(), nanoTime.getAsLong());
    }

    @Override
    public Set<IpAddress> get() {
        long now = nanoTime.getAsLong();
        if (now - snapshot.readAt() > MAX_AGE.toNanos()) {
            snapshot = new Snapshot(read(), now);
        }
        return snapshot.addresses();
    }

    private static Set<IpAddress> read() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(IpAddress::of)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException cause) {
            throw new UncheckedIOException("the network interfaces of this machine cannot be read", cause);
        }
    }

    private record Snapshot(Set<IpAddress> addresses, long readAt) {}
}
