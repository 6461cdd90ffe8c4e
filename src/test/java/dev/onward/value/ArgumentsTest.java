package dev.onward.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.CaseTable;
import dev.onward.testsupport.ParameterJson;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArgumentsTest {

    private static final JsonPointer AT = JsonPointer.compile("/arguments");

    static Stream<JsonNode> refused() {
        return rows().filter(row -> row.has("issues"));
    }

    static Stream<JsonNode> accepted() {
        return rows().filter(row -> row.has("values"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void faulty_arguments_are_refused_with_every_fault(JsonNode row) {
        Issues issues = new Issues();
        assertThat(check(row, issues)).isEmpty();
        assertThat(issues.errors().stream()
                        .map(issue -> issue.pointer() + " " + issue.code().code()))
                .containsExactlyElementsOf(row.get("issues")
                        .valueStream()
                        .map(issue -> AT + issue.textValue())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void checked_arguments_have_a_value_for_every_parameter(JsonNode row) {
        Issues issues = new Issues();
        Optional<Arguments> checked = check(row, issues);
        assertThat(issues.errors()).isEmpty();
        Arguments arguments = checked.orElseThrow();
        assertThat(row.get("values").properties())
                .allSatisfy(member -> assertThat(arguments.get(member.getKey())).isEqualTo(member.getValue()));
    }

    @Test
    void a_name_that_is_not_declared_is_null() {
        JsonNode row = accepted().findFirst().orElseThrow();
        assertThat(check(row, new Issues()).orElseThrow().get("other").isNull()).isTrue();
    }

    private static Stream<JsonNode> rows() {
        return CaseTable.read("/value/arguments.json").valueStream();
    }

    private static Optional<Arguments> check(JsonNode row, Issues issues) {
        return Arguments.check(row.get("arguments"), ParameterJson.read(row.get("parameters")), AT, issues);
    }
}
