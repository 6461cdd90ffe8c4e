package dev.onward.journey.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.action.ActionDefinition;
import dev.onward.journey.consent.Governance;
import dev.onward.journey.consent.MarketingAction;
import dev.onward.journey.definition.Argument;
import dev.onward.journey.definition.ExpressionText;
import dev.onward.journey.definition.JourneyIssue;
import dev.onward.journey.definition.Step;
import dev.onward.value.Issues;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Notes where a step gives a field of the profile to an action that may not have it. */
final class PolicyCheck {

    private PolicyCheck() {}

    /** @param read by place of an expression the paths into the profile that it reads */
    static void check(
            Step.Act step,
            ActionDefinition action,
            Governance governance,
            Map<JsonPointer, List<List<String>>> read,
            Issues issues) {
        String marketingAction = MarketingAction.of(action.document());
        Stream<JsonPointer> places = Stream.concat(
                step.path().map(ExpressionText::at).stream(),
                step.arguments().values().stream().map(Argument::expressionAt));
        places.forEach(at -> read.getOrDefault(at, List.of())
                .forEach(path -> governance
                        .broken(path, marketingAction)
                        .ifPresent(policy -> issues.error(
                                at,
                                JourneyIssue.POLICY_VIOLATED,
                                named(path) + " bears the label " + policy.label()
                                        + ", which the policy '" + policy.name() + "' forbids for "
                                        + marketingAction
                                        + ", the marketing action of " + action.name()))));
    }

    private static String named(List<String> path) {
        return path.isEmpty() ? "a field of the whole profile" : "the field '" + String.join(".", path) + "'";
    }
}
