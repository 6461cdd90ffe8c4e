package dev.onward;

import dev.onward.egress.name.JvmNameCache;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Sets what counts for the whole process. */
@ApplicationScoped
class JvmSettings {

    /** Before the database opens, which may look a name up and whose observer has number 1. */
    private static final int FIRST_OF_ALL = 0;

    void set(@Observes @Priority(FIRST_OF_ALL) StartupEvent event) {
        JvmNameCache.turnOff();
    }
}
