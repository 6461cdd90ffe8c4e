package dev.onward.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.expression.issue.ExpressionException;
import dev.onward.expression.tree.Node;
import dev.onward.expression.tree.Printer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PrinterTest {

    static List<String> sources() {
        return Stream.of("model-system", "semantics", "functions")
                .flatMap(table -> ExpressionCase.table("/expression/" + table + ".json").stream())
                .filter(each -> !each.expected().has("error") || isWellFormed(each.expression()))
                .map(ExpressionCase::expression)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void what_is_printed_is_read_as_the_same_tree(String source) {
        Node tree = ExpressionCompiler.parse(source);
        assertThat(shape(ExpressionCompiler.parse(Printer.print(tree)))).isEqualTo(shape(tree));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1+2*3 | 1 + 2 * 3",
                "(1+2)*3 | (1 + 2) * 3",
                "((1)) | 1",
                "1-(2-3) | 1 - (2 - 3)",
                "-(1) | -(1)",
                "- 1 | -1",
                "-(-1) | --1",
                "not(true or false) | not (true or false)",
                "not(not true) | not not true",
                "(1 is null) is null | 1 is null is null",
                "'it\\'s' | \"it's\"",
                "@{a.'b c'.first( )} | @event{a.\"b c\".first()}",
                "#{a.b,params:{x:1},defaultValue:2} | #{a.b, defaultValue: 2, params: {x: 1}}",
                "if(true)then(1)else(2) | if (true) then (1) else (2)",
                "(if(true)then(1)else(2))+1 | (if (true) then (1) else (2)) + 1",
                "[1 ,2] | [1, 2]",
                "currentEventField . a | currentEventField.a",
                "1.50 | 1.5"
            })
    void a_tree_is_printed_on_one_line_with_no_bracket_too_many(String source, String printed) {
        assertThat(Printer.print(ExpressionCompiler.parse(source))).isEqualTo(printed);
    }

    /** The tree without its places. */
    private static String shape(Node tree) {
        return tree.toString().replaceAll("location=Location\\[[^\\]]*\\]", "");
    }

    /** Of a row that expects an error: whether it is one of more than syntax. */
    private static boolean isWellFormed(String source) {
        try {
            ExpressionCompiler.parse(source);
            return true;
        } catch (ExpressionException malformed) {
            return false;
        }
    }
}
