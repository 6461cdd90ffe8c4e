package dev.onward.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.expression.issue.ExpressionException;
import dev.onward.expression.tree.Node;
import dev.onward.expression.tree.Printer;
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

    static List<String> wellFormed() {
        return cases().stream()
                .map(ExpressionCase::expression)
                .filter(ModelSystemTest::isWellFormed)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("wellFormed")
    void what_is_printed_is_read_as_the_same_tree(String source) {
        String printed = Printer.print(ExpressionCompiler.parse(source));
        Node again = ExpressionCompiler.parse(printed);
        assertThat(Printer.print(again)).isEqualTo(printed);
    }

    private static boolean isWellFormed(String source) {
        try {
            ExpressionCompiler.parse(source);
            return true;
        } catch (ExpressionException malformed) {
            return false;
        }
    }
}
