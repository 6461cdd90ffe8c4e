package dev.onward.expression;

import dev.onward.expression.issue.ExpressionException;
import dev.onward.expression.issue.IssueList;
import dev.onward.expression.plan.Plan;
import dev.onward.expression.plan.Planner;
import dev.onward.expression.plan.Schema;
import dev.onward.expression.tree.Node;

/** Compiles sources: reads the tree, checks it, plans it. Thread-safe. */
public final class ExpressionCompiler {

    private ExpressionCompiler() {}

    /**
     * Compiles one source.
     *
     * @param source at most {@value SourceReader#MAX_BYTES} bytes in UTF-8
     * @param schema what is known of the data; {@link Schema#EMPTY} when nothing is
     * @throws ExpressionException with every fault of the source
     */
    public static Expression compile(String source, Schema schema) {
        Parsed parsed = SourceReader.read(source);
        IssueList issues = parsed.issues();
        Plan plan = Planner.plan(parsed.tree(), schema, issues);
        if (issues.hasErrors()) {
            throw new ExpressionException(issues.errors());
        }
        return new Expression(plan, parsed.tree().location(), issues.warnings());
    }

    /**
     * Reads a tree without checking it.
     *
     * @throws ExpressionException with every fault of the syntax
     */
    public static Node parse(String source) {
        Parsed parsed = SourceReader.read(source);
        if (parsed.issues().hasErrors()) {
            throw new ExpressionException(parsed.issues().errors());
        }
        return parsed.tree();
    }
}
