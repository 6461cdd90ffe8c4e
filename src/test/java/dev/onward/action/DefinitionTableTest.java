package dev.onward.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.credential.SecretMembers;
import dev.onward.credential.SecretMembers.Separated;
import dev.onward.credential.SecretValues;
import dev.onward.egress.Destination;
import dev.onward.egress.EgressConfig;
import dev.onward.egress.EgressPolicy;
import dev.onward.egress.address.AddressRanges;
import dev.onward.egress.address.OwnEndpoints;
import dev.onward.testsupport.CaseTable;
import dev.onward.testsupport.Definitions;
import dev.onward.value.InvalidException;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code definitions.json} and {@code inference.json}: a document, and what is told about it. */
class DefinitionTableTest {

    private static final EgressPolicy PUBLIC_ONLY =
            new EgressPolicy(new Defaults(), new AddressRanges(Set::of), new OwnEndpoints(Set::of, Set::of));

    static Stream<Arguments> definitions() {
        return rows("/action/definitions.json");
    }

    static Stream<Arguments> faultyInferences() {
        return rows("/action/inference.json").filter(row -> row(row).has("issues"));
    }

    static Stream<Arguments> inferences() {
        return rows("/action/inference.json").filter(row -> row(row).has("gives"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("definitions")
    void a_definition_is_taken_or_refused_with_every_fault(String name, JsonNode row) {
        Issues issues = new Issues();
        Separated separated = SecretMembers.separate(document(row));
        Optional<SecretValues> secrets = Optional.of(new SecretValues(separated.fresh()));
        Optional<ActionDefinition> definition =
                new DefinitionReader(this::check, secrets).read(separated.document(), issues);
        assertThat(told(issues.errors())).containsExactlyInAnyOrderElementsOf(texts(row.path("issues")));
        assertThat(told(issues.warnings())).containsExactlyInAnyOrderElementsOf(texts(row.path("warnings")));
        assertThat(definition.isPresent()).isEqualTo(!row.has("issues"));
        assertThat(messages(issues)).noneMatch(message -> message.contains("s3cr3t"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultyInferences")
    void a_faulty_request_to_infer_is_told_every_fault(String name, JsonNode row) {
        assertThat(catchThrowableOfType(InvalidException.class, () -> Inference.infer(row.get("request")))
                        .issues())
                .extracting(DefinitionTableTest::told)
                .containsExactlyInAnyOrderElementsOf(texts(row.get("issues")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inferences")
    void a_template_is_inferred_that_a_definition_takes(String name, JsonNode row) {
        JsonNode inferred = Inference.infer(row.get("request"));
        assertThat(inferred.toString()).isEqualTo(row.get("gives").toString());
        JsonNode definition = Definitions.merged(
                Definitions.smallest("Inferred"),
                Definitions.parse("{\"parameters\":%s,\"request\":{\"nulls\":\"keep\",\"payload\":%s}}"
                        .formatted(inferred.get("parameters"), inferred.get("payload"))));
        assertThat(TestActions.compiled(definition).body().template()).isPresent();
    }

    @Test
    void every_code_is_in_a_table() {
        Stream<String> codes = Stream.concat(definitions(), faultyInferences())
                .map(DefinitionTableTest::row)
                .flatMap(row -> Stream.concat(texts(row.path("issues")).stream(), texts(row.path("warnings")).stream()))
                .map(told -> told.substring(told.lastIndexOf(' ') + 1));
        // Only a PUT can tell this one: ActionsHttpTest.
        Stream<String> elsewhere = Stream.of(ActionIssue.NAME_MISMATCH.code());
        assertThat(Stream.concat(codes, elsewhere))
                .containsAll(
                        Stream.of(ActionIssue.values()).map(ActionIssue::code).toList());
    }

    private void check(Destination destination, JsonPointer at, Issues issues) {
        PUBLIC_ONLY.check("prod", destination, at, issues);
    }

    private static JsonNode document(JsonNode row) {
        return row.has("document")
                ? row.get("document")
                : Definitions.merged(Definitions.smallest("OrderShippedSms"), row.get("with"));
    }

    private static List<String> told(List<Issue> issues) {
        return issues.stream().map(DefinitionTableTest::told).toList();
    }

    private static String told(Issue issue) {
        return issue.pointer() + " " + issue.code().code();
    }

    private static Stream<String> messages(Issues issues) {
        return Stream.concat(issues.errors().stream(), issues.warnings().stream())
                .map(Issue::message);
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::textValue).toList();
    }

    private static Stream<Arguments> rows(String table) {
        return CaseTable.read(table)
                .valueStream()
                .map(row -> Arguments.of(row.get("name").textValue(), row));
    }

    private static JsonNode row(Arguments arguments) {
        return (JsonNode) arguments.get()[1];
    }

    /** What counts when an operator configures nothing. */
    private record Defaults() implements EgressConfig {
        @Override
        public Optional<List<String>> allow() {
            return Optional.empty();
        }

        @Override
        public Optional<List<String>> schemes() {
            return Optional.empty();
        }

        @Override
        public Optional<List<String>> ports() {
            return Optional.empty();
        }
    }
}
