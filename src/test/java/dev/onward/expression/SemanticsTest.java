package dev.onward.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.testsupport.CaseTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What this language adds to, or decides beyond, the documented cases: nulls, untyped data, the order of operators, the
 * edges of every function. The rows of a table see the data of the file beside it, unless they bring a {@code context}
 * of their own; some declare {@code types}. An error is that of the code in the row.
 */
class SemanticsTest {

    static List<ExpressionCase> operators() {
        return cases("semantics");
    }

    static List<ExpressionCase> functions() {
        return cases("functions");
    }

    @ParameterizedTest
    @MethodSource("operators")
    void operators_and_references_give_what_was_decided(ExpressionCase each) {
        verify(each);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void functions_give_what_was_decided(ExpressionCase each) {
        verify(each);
    }

    private static void verify(ExpressionCase each) {
        JsonNode answer = each.evaluateOrRefuse();
        ExpectedResult.verify(answer, each.expected());
        assertThat(answer.path("errors").path(0).path("code"))
                .as("%s", answer)
                .isEqualTo(each.expected().path("error"));
    }

    private static List<ExpressionCase> cases(String table) {
        JsonNode data = CaseTable.read("/expression/" + table + "-data.json");
        List<ExpressionCase> cases = new ArrayList<>();
        CaseTable.read("/expression/" + table + ".json").forEach(row -> {
            ObjectNode context =
                    row.path("context").isObject() ? row.path("context").deepCopy() : data.deepCopy();
            if (row.has("types")) {
                context.set("types", row.path("types"));
            }
            cases.add(ExpressionCase.of(row.<ObjectNode>deepCopy().set("context", context)));
        });
        return cases;
    }
}
