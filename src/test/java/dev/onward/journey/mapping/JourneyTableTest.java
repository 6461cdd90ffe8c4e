package dev.onward.journey.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.journey.definition.JourneyDefinition;
import dev.onward.journey.definition.JourneyIssue;
import dev.onward.journey.definition.JourneyReader;
import dev.onward.testsupport.CaseTable;
import dev.onward.testsupport.Definitions;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code faults.json}: steps, and every fault that is told of them, each with its place. */
class JourneyTableTest {

    /** Told where the table cannot: of names, and of documents that are too long for it. */
    private static final Set<JourneyIssue> ELSEWHERE =
            EnumSet.of(JourneyIssue.NAME_MISMATCH, JourneyIssue.TOO_MANY_STEPS, JourneyIssue.STEPS_TOO_DEEP);

    static Stream<Arguments> rows() {
        return CaseTable.read("/journey/faults.json")
                .valueStream()
                .map(row -> Arguments.of(row.get("name").textValue(), row));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void every_fault_is_told_with_its_place(String name, JsonNode row) {
        List<String> expected =
                row.get("issues").valueStream().map(JsonNode::textValue).toList();
        assertThat(faults(document(row)))
                .extracting(issue -> issue.pointer() + " " + issue.code().code())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void every_code_stands_in_the_table() {
        Set<String> told = new HashSet<>();
        CaseTable.read("/journey/faults.json")
                .forEach(row -> row.get("issues")
                        .forEach(issue -> told.add(issue.textValue().split(" ", -1)[1])));
        assertThat(EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE)))
                .extracting(JourneyIssue::code)
                .allSatisfy(code -> assertThat(told).contains(code));
    }

    @Test
    void a_misspelt_name_is_answered_with_the_near_one() {
        ObjectNode document = Definitions.parse("""
                { "name": "J", "entry": { "event": "Order" },
                  "steps": [ { "id": "a", "action": "Smss", "arguments": {} },
                             { "id": "b", "if": "@event{Order.vipp}", "then": [] },
                             { "id": "c", "action": "Cart", "arguments": {
                                 "lines": { "collection": "@event{Order.items}", "fields": { "sku": "skuu" } } } } ] }""");
        assertThat(faults(document))
                .extracting(Issue::message)
                .anySatisfy(message -> assertThat(message).contains("did you mean 'Sms'?"));
        assertThat(faults(document))
                .extracting(Issue::message)
                .anySatisfy(message -> assertThat(message).contains("did you mean 'vip'?"));
        assertThat(faults(document))
                .extracting(Issue::message)
                .anySatisfy(message -> assertThat(message).contains("did you mean 'sku'?"));
    }

    @Test
    void a_journey_has_a_bounded_number_of_steps_and_depth() {
        ObjectNode wide = Definitions.parse("{ \"name\": \"J\", \"entry\": { \"event\": \"Order\" } }");
        var steps = wide.putArray("steps");
        IntStream.rangeClosed(0, 200)
                .forEach(i -> steps.addObject().put("id", "s" + i).put("wait", "PT1M"));
        assertThat(faults(wide)).extracting(Issue::code).containsExactly(JourneyIssue.TOO_MANY_STEPS);

        String deep = "[]";
        for (int i = 0; i < 11; i++) {
            deep = "[ { \"id\": \"s" + i + "\", \"if\": \"true\", \"then\": " + deep + " } ]";
        }
        ObjectNode nested =
                Definitions.parse("{ \"name\": \"J\", \"entry\": { \"event\": \"Order\" }, \"steps\": " + deep + " }");
        assertThat(faults(nested)).extracting(Issue::code).containsExactly(JourneyIssue.STEPS_TOO_DEEP);
    }

    private static ObjectNode document(JsonNode row) {
        ObjectNode document = Definitions.parse("{ \"name\": \"J\", \"entry\": { \"event\": \"Order\" } }");
        document.set("steps", row.get("steps"));
        if (row.has("entry")) {
            document.set("entry", row.get("entry"));
        }
        return document;
    }

    private static List<Issue> faults(ObjectNode document) {
        Issues issues = new Issues();
        Optional<JourneyDefinition> definition = JourneyReader.read(document, issues);
        definition.ifPresent(read -> JourneyCompiler.compile(read, new KnownSurroundings(), issues));
        return issues.errors();
    }
}
