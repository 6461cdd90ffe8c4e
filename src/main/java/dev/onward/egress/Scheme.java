package dev.onward.egress;

import java.util.Arrays;
import java.util.Optional;

/** The schemes that a call can use. */
public enum Scheme {
    HTTP("http", 80),
    HTTPS("https", 443);

    private final String wireName;
    private final int defaultPort;

    Scheme(String wireName, int defaultPort) {
        this.wireName = wireName;
        this.defaultPort = defaultPort;
    }

    /** The scheme of this name in any case, or empty when a call cannot use it. */
    public static Optional<Scheme> of(String name) {
        return Arrays.stream(values())
                .filter(scheme -> scheme.wireName.equalsIgnoreCase(name))
                .findFirst();
    }

    public String wireName() {
        return wireName;
    }

    public int defaultPort() {
        return defaultPort;
    }
}
