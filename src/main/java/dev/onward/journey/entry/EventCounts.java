package dev.onward.journey.entry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts what became of the events that were sent to this process. Thread-safe. */
@ApplicationScoped
class EventCounts {

    private final Counter accepted;
    private final Counter duplicates;
    private final Counter rejected;

    EventCounts(EventRoom room, MeterRegistry meters) {
        this.accepted = counter("accepted", meters);
        this.duplicates = counter("duplicate", meters);
        this.rejected = counter("rejected", meters);
        Gauge.builder("onward.journey.events.waiting", room, EventRoom::used)
                .description("Accepted events that no journey has looked at yet")
                .register(meters);
    }

    void accepted() {
        accepted.increment();
    }

    void duplicate() {
        duplicates.increment();
    }

    void rejected() {
        rejected.increment();
    }

    private static Counter counter(String result, MeterRegistry meters) {
        return Counter.builder("onward.journey.events")
                .description("Events that this process accepted, knew already, or refused because of their faults")
                .tag("result", result)
                .register(meters);
    }
}
