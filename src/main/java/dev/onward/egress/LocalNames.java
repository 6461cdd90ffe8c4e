package dev.onward.egress;

import java.util.List;
import java.util.Optional;

/** Names that mean something only inside a network, or nothing at all (RFC 6761 and its followers). */
final class LocalNames {

    private static final List<String> DOMAINS =
            List.of("localhost", "local", "internal", "home.arpa", "onion", "invalid", "test");

    private LocalNames() {}

    /**
     * Why the name is not public, for the operator; empty when it may be.
     *
     * @param name a DNS name in lower case, no address
     */
    static Optional<String> refusal(String name) {
        if (name.endsWith(".")) {
            return Optional.of("a name with a trailing dot");
        }
        if (name.indexOf('.') < 0) {
            return Optional.of("a name of one label");
        }
        return DOMAINS.stream()
                .filter(domain -> name.equals(domain) || name.endsWith("." + domain))
                .findFirst()
                .map(domain -> "a name under " + domain);
    }
}
