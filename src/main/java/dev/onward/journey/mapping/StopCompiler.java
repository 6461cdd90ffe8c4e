package dev.onward.journey.mapping;

import dev.onward.action.ActionDefinition;
import dev.onward.expression.Expression;
import dev.onward.journey.definition.Step;
import dev.onward.journey.definition.Step.OnError;
import dev.onward.value.Issues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles and links the steps of one journey, from the last to the first. Used once. */
final class StopCompiler {

    private final Optional<Duration> timeout;
    private final Map<String, ActionDefinition> actions;
    private final ExpressionCheck expressions;
    private final Issues issues;
    private final List<Stop> stops = new ArrayList<>();

    StopCompiler(
            Optional<Duration> timeout,
            Map<String, ActionDefinition> actions,
            ExpressionCheck expressions,
            Issues issues) {
        this.timeout = timeout;
        this.actions = actions;
        this.expressions = expressions;
        this.issues = issues;
    }

    /** What was compiled; what could not be is left out. */
    List<Stop> stops() {
        return stops;
    }

    /**
     * Compiles the steps of the journey.
     *
     * @param earlier of each step the ids of the acting steps before it
     * @return the number of the first stop
     */
    int compile(List<Step> steps, Map<String, Set<String>> earlier) {
        return link(steps, Route.ARRIVED, earlier);
    }

    private int link(List<Step> steps, int behind, Map<String, Set<String>> earlier) {
        int next = behind;
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            Optional<Stop> stop = stop(step, next, earlier);
            if (stop.isPresent()) {
                stops.add(stop.get());
                next = stops.size() - 1;
            }
        }
        return next;
    }

    private Optional<Stop> stop(Step step, int next, Map<String, Set<String>> earlier) {
        return step.accept(new Step.Visitor<>() {
            @Override
            public Optional<Stop> act(Step.Act act) {
                return StopCompiler.this.act(act, next, earlier);
            }

            @Override
            public Optional<Stop> choose(Step.Choose choose) {
                return StopCompiler.this.choose(choose, next, earlier);
            }

            @Override
            public Optional<Stop> pause(Step.Wait wait) {
                return Optional.of(new Stop.Wait(wait.id(), wait.duration(), next));
            }

            @Override
            public Optional<Stop> end(Step.End end) {
                return Optional.of(new Stop.End(end.id()));
            }
        });
    }

    private Optional<Stop> choose(Step.Choose step, int next, Map<String, Set<String>> earlier) {
        int then = link(step.then(), next, earlier);
        int otherwise = link(step.otherwise(), next, earlier);
        Set<String> before = earlier.getOrDefault(step.id(), Set.of());
        return expressions
                .compile(step.condition(), Expected.CONDITION, before)
                .map(condition -> new Stop.Choose(step.id(), condition, then, otherwise));
    }

    private Optional<Stop> act(Step.Act step, int next, Map<String, Set<String>> earlier) {
        OnError failure = step.onError();
        int onError = failure.isCaught() ? link(failure.steps(), next, earlier) : Route.FAILED;
        Set<String> before = earlier.getOrDefault(step.id(), Set.of());
        Optional<Expression> path = step.path().flatMap(text -> expressions.compile(text, Expected.PATH, before));
        ActionDefinition action = actions.get(step.id());
        Map<String, MappedArgument> arguments =
                new ArgumentCompiler(expressions, before, issues).compile(step, Optional.ofNullable(action));
        return Optional.of(
                new Stop.Act(step.id(), step.action(), step.actionVersion(), path, arguments, timeout, next, onError));
    }
}
