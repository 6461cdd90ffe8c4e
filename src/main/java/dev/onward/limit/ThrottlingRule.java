package dev.onward.limit;

import dev.onward.call.HttpMethod;
import dev.onward.egress.Destination;
import java.util.Set;

/**
 * How fast calls of a kind are made; what comes faster waits. Immutable.
 *
 * @param maxThroughput calls a second
 */
record ThrottlingRule(UrlPattern url, Set<String> methods, int maxThroughput) {

    ThrottlingRule {
        methods = Set.copyOf(methods);
    }

    boolean isFor(HttpMethod method, Destination destination) {
        return methods.contains(method.name()) && url.matches(destination);
    }
}
