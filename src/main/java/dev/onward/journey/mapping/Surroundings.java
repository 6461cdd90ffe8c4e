package dev.onward.journey.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.ActionDefinition;
import dev.onward.journey.consent.Governance;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a journey is compiled against. May block. */
public interface Surroundings {

    /** An action, or a version of it. */
    Optional<ActionDefinition> action(String name, OptionalInt version);

    /** The names of the actions that there are, for a suggestion; some of them when they are many. */
    List<String> actionNames();

    /** Labels and policies. */
    Governance governance();

    /** What the payload of an event looks like; empty when nobody said so. */
    Optional<JsonNode> eventSample(String event);
}
