package dev.onward;

import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The default number of event loops: half of the processors, at least one; a setting of that name anywhere else has
 * precedence. The rest of the processors is for what an event loop must not do, the database first. A call whose client
 * and provider are on two event loops wakes the other one at each of its steps, so that fewer of them answer sooner
 * while calls are rare, and cost less while they are many. Thread-safe.
 */
public final class EventLoops implements ConfigSource {

    static final String NAME = "quarkus.vertx.event-loops-pool-size";

    /** Below those of application.properties, of the environment and of system properties. */
    private static final int ORDINAL = 100;

    private final String number;

    /** As found by the configuration, of this machine. */
    public EventLoops() {
        this(Runtime.getRuntime().availableProcessors());
    }

    EventLoops(int processors) {
        this.number = Integer.toString(Math.max(1, processors / 2));
    }

    @Override
    public Set<String> getPropertyNames() {
        return Set.of(NAME);
    }

    @Override
    public @Nullable String getValue(String name) {
        return name.equals(NAME) ? number : null;
    }

    @Override
    public String getName() {
        return "event loops for the processors of this machine";
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
