package dev.onward.journey;

import dev.onward.action.ActionDefinition;
import dev.onward.action.ActionUsage;
import dev.onward.journey.definition.JourneyStore;
import dev.onward.sandbox.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Tells which journeys use an action. Blocking, thread-safe. */
@ApplicationScoped
class JourneyUsage implements ActionUsage {

    private final JourneyStore store;
    private final Journeys journeys;

    JourneyUsage(JourneyStore store, Journeys journeys) {
        this.store = store;
        this.journeys = journeys;
    }

    @Override
    public int usedIn(Sandbox sandbox, String actionName) {
        return store.countUsers(sandbox, actionName);
    }

    @Override
    public boolean usedByLiveJourney(Sandbox sandbox, String actionName) {
        return !store.usersInForce(sandbox, actionName).isEmpty();
    }

    @Override
    public List<String> brokenBy(Sandbox sandbox, ActionDefinition next) {
        return journeys.brokenBy(sandbox, next);
    }
}
