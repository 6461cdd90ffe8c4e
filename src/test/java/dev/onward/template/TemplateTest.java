package dev.onward.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.value.Arguments;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import dev.onward.value.Parameter;
import dev.onward.value.StrictJson;
import dev.onward.value.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    private static final Map<String, Parameter> PARAMETERS = byName(
            Parameter.required("firstName", ValueType.STRING),
            Parameter.required("phone", ValueType.STRING),
            Parameter.required("items", ValueType.LIST_ANY),
            Parameter.required("unused", ValueType.ANY));

    @ParameterizedTest
    @CsvSource({
        "${fristName}, firstName",
        "${firstname}, firstName",
        "${phne}, phone",
        "${phones}, phone",
        "${item}, items"
    })
    void a_near_name_is_suggested(String template, String suggested) {
        assertThat(faults(template))
                .singleElement()
                .satisfies(issue -> assertThat(issue.message()).contains("did you mean '" + suggested + "'?"));
    }

    @ParameterizedTest
    @CsvSource({"${surname}", "${x}", "${ph}", "${telephone}"})
    void a_distant_name_is_not_suggested_but_all_names_are_told(String template) {
        assertThat(faults(template))
                .singleElement()
                .satisfies(issue -> assertThat(issue.message())
                        .doesNotContain("did you mean")
                        .contains("[firstName, phone, items, unused]"));
    }

    @Test
    void used_parameters_are_told_in_the_order_of_their_first_use() {
        Template template =
                compile("{'a':'${phone} ${firstName}','b':[{'$each':'x in items','c':'${x.unused}','d':'${phone}'}]}");
        assertThat(template.usedParameters()).containsExactly("phone", "firstName", "items");
        assertThat(compile("{'a':'$${phone}'}").usedParameters()).isEmpty();
    }

    @Test
    void a_text_tells_its_parameters_too() {
        Issues issues = new Issues();
        TextTemplate text = new TemplateCompiler(PARAMETERS, issues)
                .text(JsonNodeFactory.instance.textNode("${phone}-${items.size}"), JsonPointer.empty())
                .orElseThrow();
        assertThat(text.usedParameters()).containsExactly("phone", "items");
    }

    @Test
    void faults_of_other_places_do_not_refuse_a_good_template() {
        Issues issues = new Issues();
        issues.error(JsonPointer.compile("/name"), TemplateIssue.TEXT_EXPECTED, "of another place");
        assertThat(new TemplateCompiler(PARAMETERS, issues)
                        .payload(json("'${phone}'"), NullMode.OMIT, JsonPointer.empty()))
                .isPresent();
        assertThat(issues.errors()).hasSize(1);
    }

    @Test
    void a_result_is_not_changed_by_the_next_rendering() {
        Template template = compile("['${phone}']");
        byte[] first = template.render(arguments("one"));
        template.render(arguments("two"));
        assertThat(text(first)).isEqualTo("[\"one\"]");
    }

    @Test
    void a_failed_rendering_leaves_nothing_behind() {
        Template template = compile("['${phone}','${items}']");
        Arguments tooLong = arguments("x".repeat(Frame.MAX_RESULT_BYTES));
        assertThat(catchThrowable(() -> template.render(tooLong))).isInstanceOf(TemplateException.class);
        assertThat(text(template.render(arguments("y")))).isEqualTo("[\"y\",[]]");
    }

    @Test
    void one_template_renders_on_many_threads_at_once() throws Exception {
        Template template = compile("{'p':'${phone}','t':'<${phone}>','i':[{'$each':'x in items','$value':'${x}'}]}");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> renderings = IntStream.range(0, 2_000)
                    .mapToObj(number -> (Callable<Boolean>) () -> {
                        String phone = "+" + number + "x".repeat(number % 700);
                        String expected = "{\"p\":\"" + phone + "\",\"t\":\"<" + phone + ">\",\"i\":[]}";
                        return text(template.render(arguments(phone))).equals(expected);
                    })
                    .toList();
            for (Future<Boolean> rendering : threads.invokeAll(renderings)) {
                assertThat(rendering.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void any_text_arrives_as_the_same_value_and_changes_nothing_around_it() {
        Template template = compile("{'a':'${phone}','b':{'c':'<${phone}>'},'d':[1,'${firstName}'],'e':true}");
        Random random = new Random(20260131);
        for (int round = 0; round < 2_000; round++) {
            String value = hostile(random);
            JsonNode parsed = StrictJson.read(template.render(arguments(value)));
            assertThat(parsed.at("/a").textValue()).isEqualTo(value);
            assertThat(parsed.at("/b/c").textValue()).isEqualTo("<" + value + ">");
            assertThat(parsed.at("/d/1").textValue()).isEqualTo("Ann");
            assertThat(parsed.at("/e").booleanValue()).isTrue();
            assertThat(parsed.size()).isEqualTo(4);
        }
    }

    private static String hostile(Random random) {
        String[] pieces = {
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "${",
            "$${",
            "}",
            "\u0000",
            "\n",
            "\u2028",
            "\uD83D",
            "\uDE00",
            "\uD83D\uDE00",
            "é",
            "x",
            "null",
            "</script>"
        };
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(20); length > 0; length--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static Template compile(String singleQuoted) {
        Issues issues = new Issues();
        return new TemplateCompiler(PARAMETERS, issues)
                .payload(json(singleQuoted), NullMode.OMIT, JsonPointer.empty())
                .orElseThrow(() -> new AssertionError(issues.errors()));
    }

    private static List<Issue> faults(String text) {
        Issues issues = new Issues();
        new TemplateCompiler(PARAMETERS, issues)
                .payload(JsonNodeFactory.instance.textNode(text), NullMode.OMIT, JsonPointer.empty());
        return issues.errors();
    }

    private static Arguments arguments(String phone) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        values.put("firstName", "Ann").put("phone", phone).put("unused", 1).putArray("items");
        return Arguments.check(values, PARAMETERS, JsonPointer.empty(), new Issues())
                .orElseThrow();
    }

    private static Map<String, Parameter> byName(Parameter... parameters) {
        Map<String, Parameter> byName = new LinkedHashMap<>();
        Stream.of(parameters).forEach(parameter -> byName.put(parameter.name(), parameter));
        return byName;
    }

    private static JsonNode json(String singleQuoted) {
        return StrictJson.read(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
