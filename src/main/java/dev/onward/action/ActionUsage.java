package dev.onward.action;

import dev.onward.sandbox.Sandbox;

/** Who uses an action. What stands above actions implements it; without any such, nobody does. */
public interface ActionUsage {

    /** How many journeys use the action. Blocking. */
    int usedIn(Sandbox sandbox, String actionName);

    /** Whether a live journey does, so that the action must stay. Blocking. */
    boolean usedByLiveJourney(Sandbox sandbox, String actionName);
}
