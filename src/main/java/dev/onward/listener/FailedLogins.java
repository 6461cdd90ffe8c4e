package dev.onward.listener;

import io.netty.util.NetUtil;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How often one address may send unknown API keys. Thread-safe. */
@ApplicationScoped
public class FailedLogins {

    private static final int BURST_SECONDS = 30;
    private static final int V6_NETWORK_BYTES = 8;

    private final Optional<TokenBuckets> buckets;

    @Inject
    FailedLogins(ListenerConfig config) {
        this(config.failedLoginsPerSecond().orElse(ListenerConfig.DEFAULT_FAILED_LOGINS_PER_SECOND), System::nanoTime);
    }

    FailedLogins(int perSecond, LongSupplier nanoTime) {
        Rates.checked("onward.listener.failed-logins-per-second", perSecond);
        this.buckets = Rates.buckets(perSecond, BURST_SECONDS, nanoTime);
    }

    /**
     * Counts a request with an unknown key.
     *
     * @param address of the client, as text
     * @return how long the next one is refused; empty while there is room
     */
    public Optional<Duration> count(String address) {
        return buckets.flatMap(each -> each.take(source(address)));
    }

    /**
     * How long another key may not even be tried.
     *
     * @param address of the client, as text
     * @return empty while there is room
     */
    public Optional<Duration> delay(String address) {
        return buckets.flatMap(each -> each.delay(source(address)));
    }

    /** Who has one IPv6 address has all of its /64. */
    private static String source(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        boolean v6 = bytes != null && bytes.length > V6_NETWORK_BYTES;
        return v6 ? HexFormat.of().formatHex(bytes, 0, V6_NETWORK_BYTES) : address;
    }
}
