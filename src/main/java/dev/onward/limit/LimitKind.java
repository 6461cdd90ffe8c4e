package dev.onward.limit;

/** Which of the two a configuration is. */
enum LimitKind {
    /** Refuses what comes too often. */
    CAPPING("capping", "endpointConfigs"),
    /** Makes what comes too fast wait. */
    THROTTLING("throttling", "throttlingConfigs");

    private final String stored;
    private final String route;

    LimitKind(String stored, String route) {
        this.stored = stored;
        this.route = route;
    }

    /** As the database has it. */
    String stored() {
        return stored;
    }

    /** The last part of its resource's path. */
    String route() {
        return route;
    }
}
