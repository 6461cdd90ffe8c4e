package dev.onward.journey.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.database.GroupCommit;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.invocation.OverloadedException;
import dev.onward.journey.definition.JourneyConfig;
import dev.onward.journey.entry.EventStore.Sent;
import dev.onward.sandbox.Sandbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Accepts events: what is accepted is on disk. Thread-safe; never waits. */
@ApplicationScoped
public class Events {

    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

    /** Bytes of events that may wait for a commit. */
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    /** Of the observer of the start: after the log and the queue of calls. */
    private static final int BEGINS = 1_200;

    /** Of the observer of the stop: before the queue of calls ends. */
    private static final int ENDS = 800;

    private final GroupCommit<Sent, Boolean> commits;
    private final EventRoom room;
    private final EventCounts counts;
    private final EventArrivals arrivals;

    Events(
            EventStore store,
            EventRoom room,
            EventCounts counts,
            EventArrivals arrivals,
            JourneyConfig config,
            Clock clock) {
        this.commits = new GroupCommit<>(
                "onward-journey-events",
                batch -> store.accept(batch, clock.instant()),
                new GroupCommit.Bounds<>(
                        config.acceptQueue().orElse(JourneyConfig.DEFAULT_ACCEPT_QUEUE),
                        MOST_BYTES,
                        sent -> sent.event().bytes()),
                Events::full);
        this.room = room;
        this.counts = counts;
        this.arrivals = arrivals;
    }

    /**
     * Accepts an event.
     *
     * @return {@code {"accepted":1,…}} once it is stored, replayed when it came before; fails with what the database threw
     * @throws dev.onward.value.InvalidException with every fault of the document
     * @throws EventsFullException when too many of the sandbox wait to be looked at
     * @throws OverloadedException when too many wait to be stored
     */
    CompletionStage<InvocationAnswer> accept(Sandbox sandbox, JsonNode document) {
        Sent sent = new Sent(sandbox, Event.read(document));
        room.take(sandbox, sent.event().bytes());
        CompletionStage<Boolean> stored;
        try {
            stored = commits.add(sent);
        } catch (OverloadedException refused) {
            room.give(sent.depth());
            throw refused;
        }
        return stored.whenComplete((isNew, failure) -> told(sent, failure == null, failure == null && isNew))
                .thenApply(Events::answer);
    }

    /** An event was refused because of its faults. */
    void rejected() {
        counts.rejected();
    }

    void begin(@Observes @Priority(BEGINS) StartupEvent start) {
        commits.begin();
    }

    void end(@Observes @Priority(ENDS) ShutdownEvent stop) {
        commits.close(LONGEST_WRITE);
    }

    private void told(Sent sent, boolean isStored, boolean isNew) {
        if (isNew) {
            counts.accepted();
            arrivals.arrived();
        } else {
            room.give(sent.depth());
            if (isStored) {
                counts.duplicate();
            }
        }
    }

    private static InvocationAnswer answer(boolean isNew) {
        String text = isNew
                ? "{\"accepted\":1,\"duplicates\":0,\"rejected\":[]}"
                : "{\"accepted\":0,\"duplicates\":1,\"rejected\":[]}";
        return new InvocationAnswer(text.getBytes(StandardCharsets.UTF_8), !isNew);
    }

    private static OverloadedException full() {
        return new OverloadedException(
                "too many events wait to be stored, or this Onward is stopping; try again in a moment");
    }
}
