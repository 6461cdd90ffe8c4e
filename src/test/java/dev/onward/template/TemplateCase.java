package dev.onward.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.testsupport.CaseTable;
import dev.onward.testsupport.ParameterJson;
import dev.onward.value.Arguments;
import dev.onward.value.Issues;
import dev.onward.value.Parameter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One row of a table in {@code src/test/resources/template}.
 *
 * <p>A row has a {@code name}, {@code parameters} as an action declares them, {@code arguments}, {@code nulls}
 * (default {@code omit}), and either a {@code template}, with {@code form} for one of a form, or a {@code header}. What is expected stands in one of
 * {@code gives} (a JSON value), {@code text} (the exact text; null when the header is left out), {@code bytes} (how
 * many), {@code issues} (pointer and code each) or {@code fails} (the code while rendering). Anywhere, <code>
 * {"$times": n, "$of": x}</code> stands for a text or an array that repeats x.
 */
record TemplateCase(String table, JsonNode row) {

    static final JsonPointer AT = JsonPointer.compile("/request/payload");

    static Stream<TemplateCase> of(String table) {
        return expand(CaseTable.read("/template/" + table)).valueStream().map(row -> new TemplateCase(table, row));
    }

    Map<String, Parameter> parameters() {
        return ParameterJson.read(row.path("parameters"));
    }

    Optional<Template> compile(Issues issues) {
        TemplateCompiler compiler = new TemplateCompiler(parameters(), issues);
        JsonNode template = row.get("template");
        return row.path("form").booleanValue()
                ? compiler.form(template, nulls(), AT)
                : compiler.payload(template, nulls(), AT);
    }

    Optional<TextTemplate> compileHeader(Issues issues) {
        return new TemplateCompiler(parameters(), issues).text(row.get("header"), AT);
    }

    Arguments arguments() {
        Issues issues = new Issues();
        JsonNode values = row.has("arguments") ? row.get("arguments") : JsonNodeFactory.instance.objectNode();
        Optional<Arguments> checked = Arguments.check(values, parameters(), JsonPointer.empty(), issues);
        return checked.orElseThrow(() -> new IllegalArgumentException(this + ": " + issues.errors()));
    }

    private NullMode nulls() {
        String name = row.path("nulls").asText("omit");
        return Stream.of(NullMode.values())
                .filter(mode -> mode.wireName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode expand(JsonNode node) {
        if (node.has("$times")) {
            int times = node.get("$times").intValue();
            JsonNode of = expand(node.get("$of"));
            return of.isTextual()
                    ? JsonNodeFactory.instance.textNode(of.textValue().repeat(times))
                    : repeat(of.get(0), times);
        }
        if (node.isObject()) {
            ObjectNode expanded = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(member -> expanded.set(member.getKey(), expand(member.getValue())));
            return expanded;
        }
        if (node.isArray()) {
            ArrayNode expanded = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> expanded.add(expand(element)));
            return expanded;
        }
        return node;
    }

    private static ArrayNode repeat(JsonNode element, int times) {
        ArrayNode repeated = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < times; i++) {
            repeated.add(element);
        }
        return repeated;
    }

    @Override
    public String toString() {
        return table + ": " + row.path("name").asText() + " "
                + row.path("nulls").asText("");
    }

    JsonNode expected(String form) {
        return row.has(form) ? row.get(form) : MissingNode.getInstance();
    }
}
