package dev.onward.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.CaseTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code shapes.json}. */
class ShapeTest {

    static Stream<Arguments> typings() {
        return rows("types");
    }

    static Stream<Arguments> pickings() {
        return rows("value");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("typings")
    void a_sample_shows_the_types_of_its_fields(String name, JsonNode row) {
        Map<String, String> types = new LinkedHashMap<>();
        Shape.of(row.get("sample"))
                .fields()
                .forEach((field, shape) -> types.put(field, shape.type().wireName()));
        Map<String, String> expected = new LinkedHashMap<>();
        row.get("types")
                .properties()
                .forEach(type -> expected.put(type.getKey(), type.getValue().textValue()));
        assertThat(types).containsExactlyEntriesOf(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pickings")
    void what_the_sample_names_is_picked_and_the_rest_left_behind(String name, JsonNode row) {
        Issues warnings = new Issues();
        Optional<JsonNode> picked = Shape.of(row.get("sample")).pick(row.get("value"), JsonPointer.empty(), warnings);
        assertThat(picked.map(JsonNode::toString))
                .isEqualTo(Optional.ofNullable(row.get("gives")).map(JsonNode::toString));
        assertThat(warnings.warnings().stream().map(warning -> warning.pointer().toString()))
                .containsExactlyElementsOf(row.path("warnings")
                        .valueStream()
                        .map(JsonNode::textValue)
                        .toList());
        assertThat(warnings.hasErrors()).isFalse();
    }

    private static Stream<Arguments> rows(String member) {
        return CaseTable.read("/value/shapes.json")
                .valueStream()
                .filter(row -> row.has(member))
                .map(row -> Arguments.of(row.get("name").textValue(), row));
    }
}
