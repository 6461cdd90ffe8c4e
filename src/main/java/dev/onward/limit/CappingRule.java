package dev.onward.limit;

import dev.onward.call.HttpMethod;
import dev.onward.egress.Destination;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How often at most calls of a kind may be made. Immutable.
 *
 * @param methods that it is for, by name; {@code OPTION} is for none of ours
 * @param action for calls of actions; empty when the configuration is for data sources alone
 */
record CappingRule(UrlPattern url, Set<String> methods, Optional<Rate> action) {

    /**
     * The bounds.
     *
     * @param most calls in any span of {@code periodMillis}
     * @param maxConnections calls under way at once
     */
    record Rate(int most, long periodMillis, OptionalInt maxConnections) {}

    CappingRule {
        methods = Set.copyOf(methods);
    }

    boolean isFor(HttpMethod method, Destination destination) {
        return action.isPresent() && methods.contains(method.name()) && url.matches(destination);
    }
}
