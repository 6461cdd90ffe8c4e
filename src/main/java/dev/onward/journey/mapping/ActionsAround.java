package dev.onward.journey.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.Action;
import dev.onward.action.ActionDefinition;
import dev.onward.action.ActionException;
import dev.onward.action.Actions;
import dev.onward.journey.definition.EventSamples;
import dev.onward.sandbox.Sandbox;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The actions and event samples of one sandbox, as they are stored; or with one action that is about to be. Blocking. */
public final class ActionsAround implements Surroundings {

    private final Sandbox sandbox;
    private final Actions actions;
    private final EventSamples events;
    private final Optional<ActionDefinition> candidate;

    /**
     * What stands around journeys of a sandbox.
     *
     * @param candidate stands in for the latest version of its name
     */
    public ActionsAround(Sandbox sandbox, Actions actions, EventSamples events, Optional<ActionDefinition> candidate) {
        this.sandbox = sandbox;
        this.actions = actions;
        this.events = events;
        this.candidate = candidate;
    }

    @Override
    public Optional<ActionDefinition> action(String name, OptionalInt version) {
        if (version.isEmpty()
                && candidate.filter(each -> each.name().equals(name)).isPresent()) {
            return candidate;
        }
        try {
            Action action = version.isPresent()
                    ? actions.version(sandbox, name, version.getAsInt())
                    : actions.get(sandbox, name);
            return Optional.of(action.definition());
        } catch (ActionException notFound) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> actionNames() {
        return actions.names(sandbox);
    }

    @Override
    public Optional<JsonNode> eventSample(String event) {
        return events.sample(sandbox, event);
    }
}
