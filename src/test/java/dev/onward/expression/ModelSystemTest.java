package dev.onward.expression;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documented behaviour of the model system, case by case. */
class ModelSystemTest {

    static List<ExpressionCase> cases() {
        return ExpressionCase.table("/expression/model-system.json");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_documented_result_comes_out(ExpressionCase each) {
        ExpectedResult.verify(each.evaluateOrRefuse(), each.expected());
    }
}
