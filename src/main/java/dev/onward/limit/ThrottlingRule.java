package dev.onward.limit;

import dev.onward.call.HttpMethod;
import dev.onward.egress.Destination;
import java.util.Map;
import java.util.Set;

/**
 * How fast calls of a kind are made; what comes faster waits. Immutable.
 *
 * @param maxThroughput calls a second
 * @param weights by journey: how many turns in a row each has; one that is not named has one
 */
record ThrottlingRule(UrlPattern url, Set<String> methods, int maxThroughput, Map<String, Integer> weights) {

    ThrottlingRule {
        methods = Set.copyOf(methods);
        weights = Map.copyOf(weights);
    }

    boolean isFor(HttpMethod method, Destination destination) {
        return methods.contains(method.name()) && url.matches(destination);
    }
}
