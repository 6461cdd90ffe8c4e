package dev.onward;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.EnvConfigSource;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;

/**
 * Refuses to start with a key of ours that nothing reads: it is a typing mistake, and a limit that was meant is not in
 * force. Environment variables are only warned of, for others may set them.
 */
@ApplicationScoped
class ConfigurationCheck {

    /** Before the database opens, whose observer has number 1. */
    private static final int FIRST_OF_ALL = 0;

    private static final Logger LOG = Logger.getLogger(ConfigurationCheck.class);
    private static final String PREFIX = "onward.";
    private static final String VARIABLE_PREFIX = "ONWARD_";

    /** What Kubernetes injects for a service that is called onward. */
    private static final Set<String> INJECTED = Set.of("ONWARD_PORT", "ONWARD_SERVICE_");

    /** Every key that the application reads. */
    static final Set<String> KNOWN = Set.of(
            "onward.admin-key",
            "onward.call.max-in-flight",
            "onward.calllog.retention",
            "onward.calllog.spool-max-bytes",
            "onward.data-dir",
            "onward.database.password",
            "onward.database.pool-size",
            "onward.database.url",
            "onward.database.username",
            "onward.dispatch.accept-queue",
            "onward.dispatch.lease",
            "onward.dispatch.max-bytes-per-sandbox",
            "onward.dispatch.max-calls-per-sandbox",
            "onward.dispatch.max-in-flight",
            "onward.dispatch.replay-retention",
            "onward.journey.accept-queue",
            "onward.journey.max-bytes-per-sandbox",
            "onward.journey.max-events-per-sandbox",
            "onward.journey.retention",
            "onward.egress.allow",
            "onward.egress.ports",
            "onward.egress.proxy",
            "onward.egress.schemes",
            "onward.egress.trust-store",
            "onward.egress.trust-store-password",
            "onward.listener.body-timeout",
            "onward.listener.failed-logins-per-second",
            "onward.listener.head-timeout",
            "onward.listener.requests-per-second",
            "onward.secret.keys",
            "onward.secret.keys-file");

    private final Config config;

    ConfigurationCheck(Config config) {
        this.config = config;
    }

    void check(@Observes @Priority(FIRST_OF_ALL) StartupEvent event) {
        Set<String> unknown = unknownKeys(config.getConfigSources());
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("unknown configuration " + unknown + "; known are " + new TreeSet<>(KNOWN));
        }
        unknownVariables(System.getenv()).forEach(name -> LOG.warnf("nothing reads the variable %s", name));
    }

    static Set<String> unknownKeys(Iterable<ConfigSource> sources) {
        return StreamSupport.stream(sources.spliterator(), false)
                .filter(source -> !(source instanceof EnvConfigSource))
                .flatMap(source -> source.getPropertyNames().stream())
                .map(ConfigurationCheck::withoutProfile)
                .filter(name -> name.startsWith(PREFIX) && !KNOWN.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> unknownVariables(Map<String, String> environment) {
        Set<String> known = KNOWN.stream()
                .map(key -> key.replaceAll("[^a-z]", "_").toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return environment.keySet().stream()
                .filter(name -> name.startsWith(VARIABLE_PREFIX) && !known.contains(name))
                .filter(name -> INJECTED.stream().noneMatch(name::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@code %dev.onward.admin-key} is {@code onward.admin-key} of one profile. */
    private static String withoutProfile(String name) {
        return name.startsWith("%") ? name.substring(name.indexOf('.') + 1) : name;
    }
}
