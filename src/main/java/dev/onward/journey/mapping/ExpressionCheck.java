package dev.onward.journey.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.expression.Expression;
import dev.onward.expression.ExpressionCompiler;
import dev.onward.expression.issue.ExpressionException;
import dev.onward.expression.issue.ExpressionIssue;
import dev.onward.expression.plan.Schema;
import dev.onward.expression.tree.Node;
import dev.onward.journey.definition.ExpressionText;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import dev.onward.value.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles the expressions of one journey; what is wrong with them is noted with its place. Not thread-safe. */
final class ExpressionCheck {

    private final KnownData data;
    private final Schema forCheck;
    private final Schema forEvaluation;
    private final ReferenceCheck references;
    private final Issues issues;

    ExpressionCheck(KnownData data, Issues issues) {
        this.data = data;
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

    /**
     * The compiled expression; empty when it has faults.
     *
     * @param earlier ids of the steps that stand before it
     */
    Optional<Expression> compile(ExpressionText text, Expected expected, Set<String> earlier) {
        try {
            Node tree = ExpressionCompiler.parse(text.source());
            References.of(tree).forEach(reference -> references.check(reference, text.at(), earlier));
            Expression checked = ExpressionCompiler.compile(text.source(), forCheck);
            checked.warnings().forEach(warning -> note(warning, text.at()));
            Set<ValueType> given = types(checked, tree);
            if (!expected.mayBe(given)) {
                String message = "the expression gives " + Expected.names(given) + ", expected is "
                        + Expected.names(expected.types());
                issues.error(text.at(), expected.mismatch(), message);
            }
            return Optional.of(ExpressionCompiler.compile(text.source(), forEvaluation));
        } catch (ExpressionException faulty) {
            faulty.issues().forEach(issue -> note(issue, text.at()));
            return Optional.empty();
        }
    }

    /** What the samples show of an expression's values; nothing when it has faults, which {@code compile} tells. */
    Shown shown(ExpressionText text, Expected expected) {
        try {
            Shown shown = ShownPath.of(ExpressionCompiler.parse(text.source()), data);
            return expected.mayBe(shown.types()) ? shown : Shown.NOTHING;
        } catch (ExpressionException faulty) {
            return Shown.NOTHING;
        }
    }

    private Set<ValueType> types(Expression checked, Node tree) {
        return checked.type() == ValueType.ANY ? ShownPath.of(tree, data).types() : Set.of(checked.type());
    }

    private void note(ExpressionIssue issue, JsonPointer at) {
        String message = issue.message() + ReferenceCheck.place(issue.location());
        issues.add(new Issue(issue.severity(), at, issue.code(), message));
    }
}
