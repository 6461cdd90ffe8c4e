package dev.onward.egress.name;

import java.security.Security;

/** The JVM's own cache of names, which would add its age to that of ours. */
public final class JvmNameCache {

    private static final String FOUND = "networkaddress.cache.ttl";
    private static final String NOT_FOUND = "networkaddress.cache.negative.ttl";
    private static final String NO_TIME = "0";

    private JvmNameCache() {}

    /**
     * Turns it off for the whole process; only before the first look-up, for the JVM reads its properties once.
     */
    public static void turnOff() {
        Security.setProperty(FOUND, NO_TIME);
        Security.setProperty(NOT_FOUND, NO_TIME);
    }
}
