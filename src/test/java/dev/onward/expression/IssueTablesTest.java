package dev.onward.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.testsupport.CaseTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every issue with a source that causes it: its code, its place, what it suggests. A row may say {@code when} it is told
 * (default: at the check), that it is a warning, and which issues are told {@code also}; without that it is alone. In
 * {@code repeat} stands what the braces of the expression are replaced by, {@code times} times, in {@code textOf} what the
 * text {@code event.o.t} repeats as often, in {@code listOf} the length of the list {@code event.o.list}; {@code hint} is
 * whether the message tells of quoted names.
 */
class IssueTablesTest {

    /** What no message may quote, since it is data. */
    private static final String PERSONAL = "424242";

    private static final String TABLE = "/expression/issues.json";

    static List<JsonNode> rows() {
        List<JsonNode> rows = new ArrayList<>();
        CaseTable.read(TABLE).forEach(rows::add);
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void the_issue_is_told_at_its_place(JsonNode row) {
        JsonNode issues = issues(row);
        JsonNode first = issues.path(0);
        assertThat(first.path("code").textValue())
                .as("%s", issues)
                .isEqualTo(row.path("code").textValue());
        assertThat(first.path("line").intValue())
                .as("line of %s", first)
                .isEqualTo(row.path("line").intValue());
        assertThat(first.path("column").intValue())
                .as("column of %s", first)
                .isEqualTo(row.path("column").intValue());
        if (row.has("length")) {
            assertThat(first.path("length").intValue())
                    .as("length")
                    .isEqualTo(row.path("length").intValue());
        }
        assertThat(issues.toString()).as("data in a message").doesNotContain(PERSONAL);
        if (row.has("hint")) {
            assertThat(first.path("message").textValue().contains("written in quotes"))
                    .as("a hint in %s", first)
                    .isEqualTo(row.path("hint").booleanValue());
        }
        assertThat(first.path("suggestion")).as("suggestion").isEqualTo(row.path("suggestion"));
        assertThat(codes(issues).subList(1, issues.size())).as("also").isEqualTo(strings(row.path("also")));
    }

    @Test
    void every_code_has_a_row() {
        Set<String> inTable =
                rows().stream().map(row -> row.path("code").textValue()).collect(Collectors.toSet());
        assertThat(inTable)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ExpressionIssueCode.values())
                        .map(ExpressionIssueCode::code)
                        .toList());
    }

    private static JsonNode issues(JsonNode row) {
        ExpressionCase source = ExpressionCase.of(generated(row));
        if (row.path("severity").asText().equals("warning")) {
            return source.check().path("warnings");
        }
        boolean isLate = row.path("when").asText().equals("evaluate");
        if (isLate) {
            assertThat(source.check().path("type").isTextual()).isTrue();
        }
        return source.evaluateOrRefuse().path("errors");
    }

    private static JsonNode generated(JsonNode row) {
        ObjectNode generated = row.deepCopy();
        if (row.has("repeat")) {
            String repeated =
                    row.path("repeat").textValue().repeat(row.path("times").intValue());
            generated.put("expression", row.path("expression").textValue().replace("{}", repeated));
        }
        if (row.has("textOf")) {
            String text =
                    row.path("textOf").textValue().repeat(row.path("times").intValue());
            generated.withObject("/context/event/o").put("t", text + "a");
        }
        if (row.has("listOf")) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (int at = 0; at < row.path("listOf").intValue(); at++) {
                list.add(at);
            }
            generated.withObject("/context/event/o").set("list", list);
        }
        return generated;
    }

    private static List<String> codes(JsonNode issues) {
        return StreamSupport.stream(issues.spliterator(), false)
                .map(issue -> issue.path("code").textValue())
                .toList();
    }

    private static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }
}
