package dev.onward.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.testsupport.CaseTable;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TypeCheckTest {

    static Stream<JsonNode> types() {
        return CaseTable.read("/value/types.json").valueStream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_value_of_another_type_is_refused(JsonNode row) {
        assertThat(row.get("refuses").valueStream())
                .allSatisfy(value -> assertThat(check(row, value).errors())
                        .as("%s for %s", value, row.get("type"))
                        .isNotEmpty()
                        .allMatch(issue -> issue.code() == ValueIssue.WRONG_TYPE));
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_value_of_the_type_is_accepted(JsonNode row) {
        assertThat(row.get("accepts").valueStream())
                .allSatisfy(value -> assertThat(check(row, value).errors())
                        .as("%s for %s", value, row.get("type"))
                        .isEmpty());
    }

    @Test
    void every_type_is_in_the_table() {
        assertThat(types().map(row -> row.get("type").textValue()))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ValueType.values()).map(ValueType::wireName).toList());
    }

    @Test
    void a_message_tells_what_is_expected_and_what_kind_was_found_but_not_the_value() {
        Issues issues = new Issues();
        Parameter phone = Parameter.required("phone", ValueType.STRING);
        TypeCheck.one(JsonNodeFactory.instance.numberNode(4711), phone, JsonPointer.empty(), issues);
        assertThat(issues.errors())
                .singleElement()
                .satisfies(issue -> assertThat(issue.message())
                        .contains("'phone'", "string", "text is expected", "found a whole number")
                        .doesNotContain("4711"));
    }

    @Test
    void a_list_type_knows_its_element_and_back() {
        assertThat(ValueType.values())
                .allSatisfy(type -> assertThat(type.isList())
                        .isEqualTo(type.element().isPresent())
                        .isEqualTo(type.wireName().startsWith("list")));
        assertThat(ValueType.values())
                .filteredOn(type -> !type.isList())
                .allSatisfy(type -> assertThat(ValueType.listOf(type).element()).contains(type));
        assertThat(ValueType.listOf(ValueType.LIST_STRING)).isEqualTo(ValueType.LIST_ANY);
    }

    @Test
    void a_type_is_found_by_its_exact_name_only() {
        assertThat(ValueType.of("listObject")).contains(ValueType.LIST_OBJECT);
        assertThat(ValueType.of("LISTOBJECT")).isEmpty();
        assertThat(ValueType.of("")).isEmpty();
    }

    @Test
    void what_is_text_accepts_text_and_no_other_value() {
        assertThat(types()).allSatisfy(row -> {
            ValueType type = ValueType.of(row.get("type").textValue()).orElseThrow();
            boolean onlyText = row.get("accepts").valueStream().allMatch(value -> value.isTextual() || value.isNull());
            assertThat(type.isText()).as(type.wireName()).isEqualTo(onlyText);
        });
    }

    @Test
    void only_objects_and_their_lists_declare_fields() {
        Map<String, Parameter> fields = Map.of("a", Parameter.required("a", ValueType.STRING));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Parameter("p", ValueType.LIST_STRING, Optional.empty(), false, Optional.empty(), fields))
                .withMessageContaining("listString");
    }

    private static Issues check(JsonNode row, JsonNode value) {
        Issues issues = new Issues();
        ValueType type = ValueType.of(row.get("type").textValue()).orElseThrow();
        TypeCheck.one(value, Parameter.required("p", type), JsonPointer.empty(), issues);
        return issues;
    }
}
