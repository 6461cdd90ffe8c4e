package dev.onward.journey.entry;

import dev.onward.journey.definition.JourneyConfig;
import dev.onward.sandbox.Quota;
import dev.onward.sandbox.Quota.Depth;
import dev.onward.sandbox.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** How many events of each sandbox wait, so that one that sends faster than its journeys run is told so. Thread-safe. */
@ApplicationScoped
class EventRoom {

    private final Quota quota;

    EventRoom(JourneyConfig config) {
        this.quota = new Quota(new Quota.Terms(
                "events",
                "onward.journey.max-events-per-sandbox and .max-bytes-per-sandbox",
                config.maxEventsPerSandbox().orElse(JourneyConfig.DEFAULT_MAX_EVENTS),
                config.maxBytesPerSandbox().orElse(JourneyConfig.DEFAULT_MAX_BYTES),
                EventsFullException::new));
    }

    /**
     * Takes room for an event.
     *
     * @throws EventsFullException when there is none
     */
    void take(Sandbox sandbox, int bytes) {
        quota.take(sandbox, bytes);
    }

    /** Gives room back: of events that were looked at, or not accepted. */
    void give(Depth room) {
        quota.give(room);
    }

    /** Corrects what is remembered by what there is. */
    void count(Supplier<List<Depth>> count) {
        quota.count(count);
    }

    /** The sandboxes with events that wait, as far as this process knows. */
    Set<Sandbox> sandboxes() {
        return quota.sandboxes();
    }

    /** How many events wait. */
    long used() {
        return quota.used();
    }
}
