package dev.onward.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateTablesTest {

    private static final List<String> TABLES = List.of(
            "forms.json",
            "loops.json",
            "nulls.json",
            "hostile.json",
            "limits.json",
            "issues.json",
            "text.json",
            "form.json");

    static Stream<TemplateCase> rows() {
        return TABLES.stream().flatMap(TemplateCase::of);
    }

    static Stream<TemplateCase> renderedRows() {
        return rows().filter(row -> row.row().has("template")
                && !row.row().has("issues")
                && !row.row().has("fails"));
    }

    static Stream<TemplateCase> headerRows() {
        return rows().filter(row -> row.row().has("header") && !row.row().has("issues"));
    }

    static Stream<TemplateCase> refusedRows() {
        return rows().filter(row -> row.row().has("issues"));
    }

    static Stream<TemplateCase> failingRows() {
        return rows().filter(row -> row.row().has("fails"));
    }

    @ParameterizedTest
    @MethodSource("renderedRows")
    void a_payload_is_rendered(TemplateCase row) throws JsonProcessingException {
        Issues issues = new Issues();
        Optional<Template> template = row.compile(issues);
        assertThat(issues.errors()).isEmpty();
        byte[] rendered = template.orElseThrow().render(row.arguments());
        if (row.row().has("bytes")) {
            assertThat(rendered).hasSize(row.row().get("bytes").intValue());
        } else {
            assertThat(new String(rendered, StandardCharsets.UTF_8)).isEqualTo(expectedText(row));
        }
    }

    @ParameterizedTest
    @MethodSource("headerRows")
    void a_header_value_is_rendered(TemplateCase row) {
        Issues issues = new Issues();
        Optional<TextTemplate> template = row.compileHeader(issues);
        assertThat(issues.errors()).isEmpty();
        Optional<String> rendered = template.orElseThrow().render(row.arguments());
        assertThat(rendered).isEqualTo(Optional.ofNullable(row.row().get("text").textValue()));
    }

    @ParameterizedTest
    @MethodSource("refusedRows")
    void a_faulty_template_is_refused_with_every_fault(TemplateCase row) {
        Issues issues = new Issues();
        boolean compiled = row.row().has("header")
                ? row.compileHeader(issues).isPresent()
                : row.compile(issues).isPresent();
        assertThat(compiled).isFalse();
        assertThat(issues.errors().stream().map(TemplateTablesTest::told))
                .containsExactlyElementsOf(row.row()
                        .get("issues")
                        .valueStream()
                        .map(TemplateTablesTest::expectedIssue)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("failingRows")
    void arguments_that_do_not_fit_fail_the_rendering(TemplateCase row) {
        Template template = row.compile(new Issues()).orElseThrow();
        assertThatThrownBy(() -> template.render(row.arguments()))
                .isInstanceOfSatisfying(
                        TemplateException.class,
                        failure -> assertThat(failure.code().code())
                                .isEqualTo(row.row().get("fails").textValue()));
    }

    @Test
    void every_code_appears_in_a_table() {
        Stream<String> refused = refusedRows()
                .flatMap(row -> row.row().get("issues").valueStream())
                .map(issue -> issue.get("code").textValue());
        Stream<String> failed = failingRows().map(row -> row.row().get("fails").textValue());
        assertThat(Stream.concat(refused, failed).distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.of(TemplateIssue.values())
                        .map(TemplateIssue::code)
                        .toList());
    }

    private static String expectedText(TemplateCase row) throws JsonProcessingException {
        JsonNode text = row.expected("text");
        return text.isTextual()
                ? text.textValue()
                : new ObjectMapper().writeValueAsString(row.row().get("gives"));
    }

    private static String told(Issue issue) {
        return issue.pointer() + " " + issue.code().code();
    }

    private static String expectedIssue(JsonNode issue) {
        return TemplateCase.AT + issue.get("pointer").textValue() + " "
                + issue.get("code").textValue();
    }
}
