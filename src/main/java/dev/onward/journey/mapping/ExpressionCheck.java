package dev.onward.journey.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.expression.Expression;
import dev.onward.expression.ExpressionCompiler;
import dev.onward.expression.issue.ExpressionException;
import dev.onward.expression.issue.ExpressionIssue;
import dev.onward.expression.plan.Schema;
import dev.onward.journey.definition.ExpressionText;
import dev.onward.journey.definition.JourneyIssue;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import dev.onward.value.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles the expressions of one journey; what is wrong with them is noted with its place. Not thread-safe. */
final class ExpressionCheck {

    private final Schema forCheck;
    private final Schema forEvaluation;
    private final ReferenceCheck references;
    private final Issues issues;

    ExpressionCheck(KnownData data, Issues issues) {
        this.forCheck = data.forCheck();
        this.forEvaluation = data.forEvaluation();
        this.references = new ReferenceCheck(data, issues);
        this.issues = issues;
    }

    /** The field groups by which the profile is read. */
    Set<String> groups() {
        return references.groups();
    }

    /** By place of an expression the paths into the profile that it reads. */
    Map<JsonPointer, List<List<String>>> profilePaths() {
        return references.profilePaths();
    }

    /** The compiled expression of a profile's id, which is a text or a number; empty when it has faults. */
    Optional<Expression> profileId(ExpressionText text) {
        Optional<Expression> compiled = compile(text, ValueType.ANY, JourneyIssue.PROFILE_ID_TYPE, Set.of());
        compiled.map(Expression::type)
                .filter(type -> !Fit.fits(type, ValueType.STRING) && !Fit.fits(type, ValueType.DECIMAL))
                .ifPresent(type -> {
                    String message = "the expression gives " + type.wireName() + ", expected is a text or a number";
                    issues.error(text.at(), JourneyIssue.PROFILE_ID_TYPE, message);
                });
        return compiled;
    }

    /**
     * The compiled expression; empty when it has faults.
     *
     * @param expected its type
     * @param mismatch the code of an expression of another type
     * @param earlier ids of the steps that stand before it
     */
    Optional<Expression> compile(ExpressionText text, ValueType expected, JourneyIssue mismatch, Set<String> earlier) {
        try {
            References.of(ExpressionCompiler.parse(text.source()))
                    .forEach(reference -> references.check(reference, text.at(), earlier));
            Expression checked = ExpressionCompiler.compile(text.source(), forCheck);
            checked.warnings().forEach(warning -> note(warning, text.at()));
            if (!Fit.fits(checked.type(), expected)) {
                String message =
                        "the expression gives " + checked.type().wireName() + ", expected is " + expected.wireName();
                issues.error(text.at(), mismatch, message);
            }
            return Optional.of(ExpressionCompiler.compile(text.source(), forEvaluation));
        } catch (ExpressionException faulty) {
            faulty.issues().forEach(issue -> note(issue, text.at()));
            return Optional.empty();
        }
    }

    private void note(ExpressionIssue issue, JsonPointer at) {
        String message = issue.message() + ReferenceCheck.place(issue.location());
        issues.add(new Issue(issue.severity(), at, issue.code(), message));
    }
}
