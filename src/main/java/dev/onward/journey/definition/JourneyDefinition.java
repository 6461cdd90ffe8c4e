package dev.onward.journey.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A well-formed journey; whether its expressions and actions fit is a matter of compiling it. Immutable.
 *
 * @param name matches {@code [A-Za-z0-9_]{1,100}}
 * @param entry how profiles come in
 * @param timeout the window of each of its calls, 1 to 30 s; empty for the action's
 * @param steps at least one
 * @param document as it was sent, without what only answers show
 */
public record JourneyDefinition(
        String name, String description, Entry entry, Optional<Duration> timeout, List<Step> steps, JsonNode document) {

    public JourneyDefinition {
        steps = List.copyOf(steps);
    }

    /** All steps, each before those inside it. */
    public List<Step> allSteps() {
        List<Step> all = new ArrayList<>();
        collect(steps, all);
        return all;
    }

    /** The steps that run an action. */
    public List<Step.Act> acts() {
        return allSteps().stream().flatMap(step -> step.act().stream()).toList();
    }

    private static void collect(List<Step> steps, List<Step> all) {
        for (Step step : steps) {
            all.add(step);
            step.inner().forEach(inner -> collect(inner, all));
        }
    }
}
