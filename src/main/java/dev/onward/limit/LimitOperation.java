package dev.onward.limit;

/**
 * What is done with a configuration, and the model system's code for a throttling with which it does not succeed because
 * the database is away. For a capping it publishes none.
 */
enum LimitOperation {
    DELETE("delete", "1457"),
    DEPLOY("deploy", "1458"),
    UNDEPLOY("undeploy", "1459"),
    GET("get", "1460"),
    UPDATE("update", "1462"),
    CREATE("create", "1464");

    private static final String UNEXPECTED = "4000";

    private final String verb;
    private final String throttlingCode;

    LimitOperation(String verb, String throttlingCode) {
        this.verb = verb;
        this.throttlingCode = throttlingCode;
    }

    String code(LimitKind kind) {
        return kind == LimitKind.THROTTLING ? throttlingCode : UNEXPECTED;
    }

    String message(LimitKind kind) {
        String what = kind == LimitKind.THROTTLING ? "throttling config" : "endpoint config";
        return "Can't " + verb + " " + what + ": unexpected error occurs, the database cannot do this now";
    }
}
