package dev.onward.action;

import dev.onward.sandbox.Sandbox;
import java.util.List;

/** Who uses an action. What stands above actions implements it; without any such, nobody does. */
public interface ActionUsage {

    /** How many journeys use the action. Blocking. */
    int usedIn(Sandbox sandbox, String actionName);

    /** Whether a live journey does, so that the action must stay. Blocking. */
    boolean usedByLiveJourney(Sandbox sandbox, String actionName);

    /** The names of the live journeys that would not work with this as the action's next version. Blocking. */
    List<String> brokenBy(Sandbox sandbox, ActionDefinition next);
}
