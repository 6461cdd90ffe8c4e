package dev.onward.egress;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Remembers for a second what another resolver allowed, so that a busy host is judged once a second and not once a call.
 * A refusal is never remembered. Thread-safe.
 */
public final class RecentlyChecked implements AddressResolver {

    /** How old a check may be when a call relies on it. */
    public static final Duration MAX_AGE = Duration.ofSeconds(1);

    private static final int MAX_DESTINATIONS = 10_000;

    private final AddressResolver checking;
    private final Cache<Asked, List<InetAddress>> allowed;

    /** @param ticker tells the age of checks; {@link Ticker#systemTicker()} outside tests */
    public RecentlyChecked(AddressResolver checking, Ticker ticker) {
        this.checking = checking;
        this.allowed = Caffeine.newBuilder()
                .maximumSize(MAX_DESTINATIONS)
                .expireAfterWrite(MAX_AGE)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String sandbox, Destination destination) {
        Asked asked = new Asked(sandbox, destination.scheme(), destination.host(), destination.port());
        List<InetAddress> known = allowed.getIfPresent(asked);
        return known == null ? check(asked, sandbox, destination) : CompletableFuture.completedFuture(known);
    }

    private CompletionStage<List<InetAddress>> check(Asked asked, String sandbox, Destination destination) {
        return checking.resolve(sandbox, destination).whenComplete((addresses, refusal) -> {
            if (addresses != null) {
                allowed.put(asked, addresses);
            }
        });
    }

    private record Asked(String sandbox, Scheme scheme, String host, int port) {}
}
