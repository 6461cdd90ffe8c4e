package dev.onward.action;

import dev.onward.sandbox.Sandbox;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;

/** Stands in while nothing above actions exists that could use one. */
@DefaultBean
@ApplicationScoped
class UnusedActions implements ActionUsage {

    @Override
    public int usedIn(Sandbox sandbox, String actionName) {
        return 0;
    }

    @Override
    public boolean usedByLiveJourney(Sandbox sandbox, String actionName) {
        return false;
    }
}
