package dev.onward.journey.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.action.ActionDefinition;
import dev.onward.expression.Expression;
import dev.onward.journey.definition.Entry;
import dev.onward.journey.definition.JourneyDefinition;
import dev.onward.journey.definition.JourneyIssue;
import dev.onward.journey.definition.Step;
import dev.onward.value.Issues;
import dev.onward.value.NearName;
import dev.onward.value.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Compiles journeys: all expressions, all arguments, all actions; every fault is noted at once. Thread-safe. */
public final class JourneyCompiler {

    private JourneyCompiler() {}

    /**
     * The compiled journey; empty when it has faults, which are noted as errors.
     *
     * @param issues warnings are noted too
     */
    public static Optional<Route> compile(JourneyDefinition definition, Surroundings surroundings, Issues issues) {
        Map<String, ActionDefinition> actions = actions(definition, surroundings, issues);
        Map<String, Map<String, Shape>> responses = new HashMap<>();
        actions.forEach((step, action) -> responses.put(step, KnownData.response(action)));
        Entry entry = definition.entry();
        KnownData data = KnownData.of(entry.event(), surroundings.eventSample(entry.event()), responses);
        ExpressionCheck expressions = new ExpressionCheck(data, issues);
        Optional<Expression> profileId =
                entry.profileId().flatMap(text -> expressions.compile(text, Expected.PROFILE_ID, Set.of()));
        Optional<Expression> condition =
                entry.condition().flatMap(text -> expressions.compile(text, Expected.CONDITION, Set.of()));
        StopCompiler stops = new StopCompiler(definition.timeout(), actions, expressions, issues);
        int first = stops.compile(definition.steps(), earlier(definition));
        definition
                .acts()
                .forEach(step -> Optional.ofNullable(actions.get(step.id()))
                        .ifPresent(action -> PolicyCheck.check(
                                step, action, surroundings.governance(), expressions.profilePaths(), issues)));
        if (issues.hasErrors()) {
            return Optional.empty();
        }
        return Optional.of(new Route(
                definition.description(),
                entry.event(),
                profileId,
                condition,
                entry.reentry(),
                stops.stops(),
                first,
                expressions.groups()));
    }

    private static Map<String, ActionDefinition> actions(
            JourneyDefinition definition, Surroundings surroundings, Issues issues) {
        Map<String, ActionDefinition> actions = new LinkedHashMap<>();
        for (Step.Act step : definition.acts()) {
            surroundings
                    .action(step.action(), step.actionVersion())
                    .ifPresentOrElse(
                            action -> actions.put(step.id(), action), () -> missing(step, surroundings, issues));
        }
        return actions;
    }

    private static void missing(Step.Act step, Surroundings surroundings, Issues issues) {
        JsonPointer at = step.at();
        if (step.actionVersion().isPresent()
                && surroundings.action(step.action(), OptionalInt.empty()).isPresent()) {
            String message = "the action '" + step.action() + "' has no version "
                    + step.actionVersion().getAsInt();
            issues.error(at.appendProperty("actionVersion"), JourneyIssue.UNKNOWN_ACTION_VERSION, message);
            return;
        }
        String message = "there is no action '" + step.action() + "' in this sandbox"
                + NearName.hint(step.action(), surroundings.actionNames());
        issues.error(at.appendProperty("action"), JourneyIssue.UNKNOWN_ACTION, message);
    }

    /** Of each step the ids of the acting steps that stand before it in the document. */
    private static Map<String, Set<String>> earlier(JourneyDefinition definition) {
        Map<String, Set<String>> earlier = new HashMap<>();
        Set<String> before = new HashSet<>();
        List<Step> all = definition.allSteps();
        for (Step step : all) {
            earlier.put(step.id(), Set.copyOf(before));
            step.act().ifPresent(act -> before.add(act.id()));
        }
        return earlier;
    }
}
