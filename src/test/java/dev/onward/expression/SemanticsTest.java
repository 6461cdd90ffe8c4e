package dev.onward.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.testsupport.CaseTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What this language adds to, or decides beyond, the documented cases: nulls, untyped data, the order of operators. All
 * rows see the data of {@code semantics-data.json}; some declare {@code types}.
 */
class SemanticsTest {

    static List<ExpressionCase> cases() {
        JsonNode data = CaseTable.read("/expression/semantics-data.json");
        List<ExpressionCase> cases = new ArrayList<>();
        CaseTable.read("/expression/semantics.json").forEach(row -> {
            ObjectNode context = data.deepCopy();
            if (row.has("types")) {
                context.set("types", row.path("types"));
            }
            cases.add(ExpressionCase.of(row.<ObjectNode>deepCopy().set("context", context)));
        });
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_decided_result_comes_out(ExpressionCase each) {
        ExpectedResult.verify(each.evaluateOrRefuse(), each.expected());
    }
}
