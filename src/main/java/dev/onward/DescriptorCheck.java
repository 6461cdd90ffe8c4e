package dev.onward;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.onward.call.CallConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Warns at the start of a process that may run out of file descriptors before it has as many clients and calls as it may:
 * then it refuses connections, and can load no further class.
 */
@ApplicationScoped
class DescriptorCheck {

    private static final Logger LOG = Logger.getLogger(DescriptorCheck.class);

    /** For libraries, the database, the log's files and the sockets that listen. */
    private static final long OTHERS = 1_000;

    private final CallConfig calls;
    private final long connections;

    DescriptorCheck(CallConfig calls, @ConfigProperty(name = "quarkus.http.limits.max-connections") long connections) {
        this.calls = calls;
        this.connections = connections;
    }

    void check(@Observes StartupEvent start) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            shortage(system.getMaxFileDescriptorCount()).ifPresent(LOG::warn);
        }
    }

    /**
     * What to tell of so many descriptors; empty when they are enough.
     *
     * @param available how many this process may have
     */
    Optional<String> shortage(long available) {
        long inFlight = calls.maxInFlight().orElse(CallConfig.DEFAULT_MAX_IN_FLIGHT);
        long needed = connections + inFlight + OTHERS;
        return available >= needed
                ? Optional.empty()
                : Optional.of("this process may have " + available + " file descriptors and may need " + needed + ": "
                        + connections + " for quarkus.http.limits.max-connections, " + inFlight
                        + " for onward.call.max-in-flight and some more; raise ulimit -n, or lower these two");
    }
}
