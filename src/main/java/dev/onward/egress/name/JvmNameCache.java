package dev.onward.egress.name;

import java.security.Security;
import java.time.Duration;
import java.util.Optional;

/**
 * The JVM's own cache of names. It cannot be turned off once the process runs, for the first look-up, which fixes its
 * settings, is done while the process starts: so its age is taken off ours.
 */
public final class JvmNameCache {

    private static final Duration DEFAULT_AGE = Duration.ofSeconds(30);

    /** So long a look-up may serve many calls, whatever the JVM keeps. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private JvmNameCache() {}

    /** How long answers may be kept so that none is older than {@code limit}, the JVM's age included; 1 s at least. */
    public static Duration leaves(Duration limit) {
        return leaves(
                limit,
                Optional.ofNullable(Security.getProperty("networkaddress.cache.ttl")),
                Optional.ofNullable(System.getProperty("sun.net.inetaddr.ttl")));
    }

    /** The first property that is a number counts; a negative one means for ever. */
    static Duration leaves(Duration limit, Optional<String> security, Optional<String> system) {
        Duration ofJvm = security.flatMap(JvmNameCache::seconds)
                .or(() -> system.flatMap(JvmNameCache::seconds))
                .orElse(DEFAULT_AGE);
        Duration left = ofJvm.isNegative() ? SHORTEST : limit.minus(ofJvm);
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }

    private static Optional<Duration> seconds(String text) {
        try {
            return Optional.of(Duration.ofSeconds(Integer.parseInt(text)));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
