package dev.onward.limit;

import java.util.Set;

/** Which of the two a configuration is. */
enum LimitKind {
    /** Refuses what comes too often. */
    CAPPING("capping", "endpointConfigs", Set.of("url", "methods", "services", "orgId")),
    /** Makes what comes too fast wait. */
    THROTTLING(
            "throttling",
            "throttlingConfigs",
            Set.of("name", "description", "urlPattern", "methods", "maxThroughput", "weights", "orgId"));

    private final String stored;
    private final String route;
    private final Set<String> members;

    LimitKind(String stored, String route, Set<String> members) {
        this.stored = stored;
        this.route = route;
        this.members = members;
    }

    /** As the database has it. */
    String stored() {
        return stored;
    }

    /** The last part of its resource's path. */
    String route() {
        return route;
    }

    /** What is kept of a document; all else is let pass and ignored. */
    Set<String> members() {
        return members;
    }
}
