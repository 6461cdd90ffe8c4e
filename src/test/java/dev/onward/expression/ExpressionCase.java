package dev.onward.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.expression.issue.ExpressionException;
import dev.onward.testsupport.CaseTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One row of a table: an expression, the data it sees, and what comes out. */
record ExpressionCase(String id, String expression, JsonNode context, JsonNode expected) {

    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
    private static final long SEED = 7;

    static List<ExpressionCase> table(String path) {
        List<ExpressionCase> cases = new ArrayList<>();
        CaseTable.read(path).forEach(row -> cases.add(of(row)));
        return cases;
    }

    static ExpressionCase of(JsonNode row) {
        return new ExpressionCase(
                row.path("id").asText(row.path("expression").asText()),
                row.path("expression").textValue(),
                row.has("context") ? row.path("context") : JsonNodeFactory.instance.objectNode(),
                row.path("expected"));
    }

    /** The answer of an evaluation: {@code type}, {@code value} and warnings. */
    JsonNode evaluate() {
        Evaluable evaluable = evaluable();
        Expression compiled = ExpressionCompiler.compile(evaluable.source(), evaluable.schema());
        return ExpressionJson.value(compiled, compiled.evaluate(evaluable.scope(), new Random(SEED)));
    }

    /** The answer of a check: {@code type} and warnings. */
    JsonNode check() {
        Evaluable evaluable = evaluable();
        return ExpressionJson.check(ExpressionCompiler.compile(evaluable.source(), evaluable.schema()));
    }

    /** As {@link #evaluate}; of what is refused the member {@code errors}. */
    JsonNode evaluateOrRefuse() {
        try {
            return evaluate();
        } catch (ExpressionException refused) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            refused.issues().forEach(issue -> answer.withArray("errors").add(issue.json()));
            return answer;
        }
    }

    private Evaluable evaluable() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("expression", expression);
        document.set("context", context);
        return EvaluableReader.read(document, NOW);
    }

    @Override
    public String toString() {
        return id;
    }
}
