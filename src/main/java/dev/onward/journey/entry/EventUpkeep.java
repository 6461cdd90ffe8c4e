package dev.onward.journey.entry;

import dev.onward.dispatch.run.Upkeep;
import dev.onward.dispatch.run.Upkeep.Chore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Looks after the queue of events and uploads, beside any number of other processes that do the same. Thread-safe. */
@ApplicationScoped
class EventUpkeep {

    private static final int BEGINS = 1_200;
    private static final int ENDS = 800;
    private static final Duration COUNT = Duration.ofSeconds(10);
    private static final Duration LISTEN = Duration.ofSeconds(10);
    private static final Duration FORGET = Duration.ofSeconds(10);

    /** Of one look: five thousand a second. */
    private static final int MOST_FORGOTTEN = 50_000;

    private final Upkeep upkeep;

    EventUpkeep(
            EventStore store,
            TroubledEvents troubled,
            SeenEvents seen,
            EventRoom room,
            Audiences audiences,
            Clock clock) {
        this.upkeep = new Upkeep(
                "onward-journey-events-upkeep",
                List.of(
                        new Chore("count the events that wait", COUNT, () -> room.count(store::depths)),
                        new Chore("count the events that are set aside", COUNT, troubled::count),
                        new Chore("pause audiences whose upload broke off", LISTEN, audiences::breakOffSilent),
                        new Chore(
                                "forget the ids of old events",
                                FORGET,
                                () -> seen.forgetOld(clock.instant(), MOST_FORGOTTEN))));
    }

    void begin(@Observes @Priority(BEGINS) StartupEvent start) {
        upkeep.begin();
    }

    void end(@Observes @Priority(ENDS) ShutdownEvent stop) {
        upkeep.close();
    }
}
