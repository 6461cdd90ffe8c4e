package dev.onward.limit;

/** The codes of the model system for what is wrong with a configuration. Each text is the smallest cause. */
enum LimitCode {
    /** {@code {}}. */
    URL_MISSING("ERR_ENDPOINTCONFIG_100", "capping config: missing or invalid url"),
    /** {@code "url": "example"}. */
    URL_MALFORMED("ERR_ENDPOINTCONFIG_101", "capping config: malformed url"),
    /** {@code "url": "https://*.example.com/"}. */
    URL_WILDCARD("ERR_ENDPOINTCONFIG_102", "capping config: malformed url: wildchar in url not allowed in host:port"),
    /** {@code "methods": []}. */
    METHODS_MISSING("ERR_ENDPOINTCONFIG_103", "capping config: missing HTTP methods"),
    /** {@code "services": {"action": {}}}. */
    RATING_MISSING("ERR_ENDPOINTCONFIG_104", "capping config: no call rating defined"),
    /** A warning: {@code "services": {"action": {"rating": {…}}}}. */
    CONNECTIONS_UNDEFINED(
            "ERR_ENDPOINTCONFIG_106", "capping config: max HTTP connections not defined: no limitation by default"),
    /** {@code "maxCallsCount": 0}. */
    CALLS_INVALID("ERR_ENDPOINTCONFIG_107", "capping config: invalid max calls count (maxCallsCount)"),
    /** {@code "periodInMs": 0}. */
    PERIOD_INVALID("ERR_ENDPOINTCONFIG_108", "capping config: invalid max calls count (periodInMs)"),
    /** {@code []}, or {@code "maxHttpConnections": 0}. */
    CAPPING_PAYLOAD_INVALID("ERR_ENDPOINTCONFIG_111", "capping config: can't create endpoint config: invalid payload"),
    /** A body that is no JSON. */
    CAPPING_NOT_JSON(
            "ERR_ENDPOINTCONFIG_112", "capping config: can't create endpoint config: expecting a JSON payload"),
    /** {@code "services": {"email": …}}. */
    SERVICE_UNKNOWN("ERR_AUTHORING_ENDPOINTCONFIG_1", "invalid service name '%s': must be 'dataSource' or 'action'"),
    /** {@code {}}. */
    ATTRIBUTE_MISSING("ERR_THROTTLING_CONFIG_100", "throttling config: %s required"),
    /** {@code "maxThroughput": 0}. The model system wants 200 to 5,000. */
    THROUGHPUT_INVALID(
            "ERR_THROTTLING_CONFIG_101",
            "throttling config: maxThroughput is required and must be greater than or equal to 1 and less than or equal"
                    + " to 100,000"),
    /** {@code "urlPattern": "example"}. */
    PATTERN_MALFORMED("ERR_THROTTLING_CONFIG_104", "throttling config: malformed url pattern"),
    /** {@code "urlPattern": "https://*.example.com/"}. */
    PATTERN_WILDCARD(
            "ERR_THROTTLING_CONFIG_105", "throttling config: wildcards not allowed in host part of the url pattern"),
    /** {@code "weights": {"OrderShipped": 0}}. The model system has no weights. */
    WEIGHTS_INVALID(
            "ERR_THROTTLING_CONFIG_WEIGHTS",
            "throttling config: weights must be an object of journeys' names and whole numbers from 1 to 100, found %s"),
    /** A body that is no JSON object. */
    THROTTLING_PAYLOAD_INVALID("ERR_THROTTLING_CONFIG_106", "throttling config: invalid payload");

    private final String code;
    private final String message;

    LimitCode(String code, String message) {
        this.code = code;
        this.message = message;
    }

    String code() {
        return code;
    }

    /** @param found stands in the message where the model system names something */
    String message(String found) {
        return message.contains("%s") ? message.formatted(found) : message;
    }
}
