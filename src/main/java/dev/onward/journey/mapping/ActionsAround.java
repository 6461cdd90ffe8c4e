package dev.onward.journey.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.Action;
import dev.onward.action.ActionDefinition;
import dev.onward.action.ActionException;
import dev.onward.action.Actions;
import dev.onward.journey.consent.Governance;
import dev.onward.journey.definition.EventSamples;
import dev.onward.sandbox.Sandbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The actions and event samples of one sandbox, as they are stored; or with some that are about to be. Blocking. */
public final class ActionsAround implements Surroundings {

    private final Sandbox sandbox;
    private final Actions actions;
    private final EventSamples events;
    private final Governance governance;
    private final Candidates candidates;

    /**
     * What is about to be.
     *
     * @param actions stand in for the latest versions of their names
     * @param samples stand in for those of the events that they are of
     */
    public record Candidates(Map<String, ActionDefinition> actions, Map<String, JsonNode> samples) {

        /** Nothing is about to be. */
        public static final Candidates NONE = new Candidates(Map.of(), Map.of());

        public Candidates {
            actions = Map.copyOf(actions);
            samples = Map.copyOf(samples);
        }

        /** One action is about to be. */
        public static Candidates of(ActionDefinition action) {
            return new Candidates(Map.of(action.name(), action), Map.of());
        }
    }

    /**
     * What stands around journeys of a sandbox.
     *
     * @param governance labels and policies; none for a journey that is live already
     * @param candidates what is about to be stored
     */
    public ActionsAround(
            Sandbox sandbox, Actions actions, EventSamples events, Governance governance, Candidates candidates) {
        this.governance = governance;
        this.sandbox = sandbox;
        this.actions = actions;
        this.events = events;
        this.candidates = candidates;
    }

    @Override
    public Optional<ActionDefinition> action(String name, OptionalInt version) {
        Optional<ActionDefinition> candidate =
                Optional.ofNullable(candidates.actions().get(name));
        if (version.isEmpty() && candidate.isPresent()) {
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
    public Governance governance() {
        return governance;
    }

    @Override
    public List<String> actionNames() {
        return actions.names(sandbox);
    }

    @Override
    public Optional<JsonNode> eventSample(String event) {
        return Optional.ofNullable(candidates.samples().get(event)).or(() -> events.sample(sandbox, event));
    }
}
