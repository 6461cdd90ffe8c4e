package dev.onward.journey.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.database.GroupCommit;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.invocation.OverloadedException;
import dev.onward.journey.definition.JourneyConfig;
import dev.onward.journey.entry.EventStore.Sent;
import dev.onward.sandbox.Sandbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Accepts events: what is accepted is on disk. Thread-safe; never waits. */
@ApplicationScoped
public class Events {

    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

    /** Of the observer of the start: after the log and the queue of calls. */
    private static final int BEGINS = 1_200;

    /** Of the observer of the stop: before the queue of calls ends. */
    private static final int ENDS = 800;

    private final GroupCommit<Sent, Boolean> commits;
    private final EventQuota quota;
    private final EventConsumer consumer;
    private final Counter accepted;
    private final Counter duplicates;

    Events(EventStore store, EventConsumer consumer, JourneyConfig config, Clock clock, MeterRegistry meters) {
        this.commits = new GroupCommit<>(
                "onward-journey-events",
                batch -> store.accept(batch, clock.instant()),
                config.acceptQueue().orElse(JourneyConfig.DEFAULT_ACCEPT_QUEUE),
                Events::full);
        this.quota = new EventQuota(
                config.maxEventsPerSandbox().orElse(JourneyConfig.DEFAULT_MAX_EVENTS),
                config.maxBytesPerSandbox().orElse(JourneyConfig.DEFAULT_MAX_BYTES));
        this.consumer = consumer;
        this.accepted = counter("accepted", meters);
        this.duplicates = counter("duplicate", meters);
        Gauge.builder("onward.journey.events.waiting", quota, EventQuota::waiting)
                .description("Accepted events that no journey has looked at yet, as counted a moment ago")
                .register(meters);
    }

    /**
     * Accepts an event.
     *
     * @return {@code {"accepted":1,…}} once it is stored, replayed when it came before; fails with
     *     {@link OverloadedException} or with what the database threw
     * @throws dev.onward.value.InvalidException with every fault of the document
     * @throws EventsFullException when too many of the sandbox wait
     */
    CompletionStage<InvocationAnswer> accept(Sandbox sandbox, JsonNode document) {
        Event event = Event.read(document);
        quota.require(sandbox);
        return commits.add(new Sent(sandbox, event)).thenApply(isNew -> {
            if (isNew) {
                accepted.increment();
                quota.accepted(sandbox, event.bytes());
                consumer.wake();
            } else {
                duplicates.increment();
            }
            return answer(isNew);
        });
    }

    /** So many wait now. */
    void counted(List<EventStore.Depth> depths) {
        quota.counted(depths);
    }

    void begin(@Observes @Priority(BEGINS) StartupEvent start) {
        commits.begin();
        consumer.begin(this);
    }

    void end(@Observes @Priority(ENDS) ShutdownEvent stop) {
        commits.close(LONGEST_WRITE);
        consumer.close(LONGEST_WRITE);
    }

    private static InvocationAnswer answer(boolean isNew) {
        String text = isNew
                ? "{\"accepted\":1,\"duplicates\":0,\"rejected\":[]}"
                : "{\"accepted\":0,\"duplicates\":1,\"rejected\":[]}";
        return new InvocationAnswer(text.getBytes(StandardCharsets.UTF_8), !isNew);
    }

    private static Counter counter(String result, MeterRegistry meters) {
        return Counter.builder("onward.journey.events")
                .description("Events that this process accepted, or knew already")
                .tag("result", result)
                .register(meters);
    }

    private static OverloadedException full() {
        return new OverloadedException(
                "too many events wait to be stored, or this Onward is stopping; try again in a moment");
    }
}
