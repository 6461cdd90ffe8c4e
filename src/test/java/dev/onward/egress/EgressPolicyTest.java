package dev.onward.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EgressPolicyTest {

    private static final JsonPointer AT = JsonPointer.compile("/endpoint/url");

    private final Issues issues = new Issues();

    static Stream<JsonNode> destinations() {
        return Cases.of("destinations");
    }

    static Stream<JsonNode> badConfigurations() {
        return Cases.of("bad-configurations");
    }

    @ParameterizedTest
    @MethodSource("destinations")
    void registration_tells_every_reason_by_its_code(JsonNode given) {
        EgressPolicy policy = policy(given);

        policy.check(sandbox(given), Destinations.of(given.path("url").textValue()), AT, issues);

        assertThat(issues.errors())
                .extracting(issue -> issue.code().code())
                .containsExactlyElementsOf(Cases.texts(given.path("codes")));
    }

    @ParameterizedTest
    @MethodSource("destinations")
    void a_connection_is_refused_by_the_same_rules_as_a_registration(JsonNode given) {
        EgressPolicy policy = policy(given);

        Optional<String> refusal =
                policy.refusal(sandbox(given), Destinations.of(given.path("url").textValue()));

        assertThat(refusal.isPresent()).isEqualTo(!given.path("codes").isEmpty());
    }

    @ParameterizedTest
    @MethodSource("badConfigurations")
    void a_configuration_that_cannot_be_read_stops_the_start_and_is_named(JsonNode given) {
        String key = given.path("key").textValue();
        String value = given.path("value").textValue();
        TestEgressConfig config = new TestEgressConfig(key, List.of(value));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestEgressConfig.policy(config))
                .withMessageContaining("onward.egress." + key)
                .withMessageContaining("'" + value + "'")
                .withMessageContaining(given.path("message").textValue());
    }

    @Test
    void the_message_of_a_refused_host_is_the_same_whatever_the_reason() {
        EgressPolicy policy = TestEgressConfig.policy(new TestEgressConfig("allow", List.of("10.0.0.0/8")));

        for (String host : List.of("127.0.0.1", "169.254.169.254", "10.0.0.9", "intranet")) {
            policy.check("prod", Destinations.of("https://" + host + ":8080/"), AT, issues);
        }

        assertThat(issues.errors())
                .filteredOn(issue -> issue.code() == EgressIssue.DESTINATION_REFUSED)
                .extracting(Issue::message)
                .map(message -> message.replaceAll("'[^']+'", "?"))
                .hasSizeGreaterThan(2)
                .containsOnly("the host ? is not a public address; an operator can allow it with onward.egress.allow");
    }

    @Test
    void an_issue_carries_its_place() {
        TestEgressConfig.policy(TestEgressConfig.EMPTY).check("prod", Destinations.of("https://10.0.0.1/"), AT, issues);

        assertThat(issues.errors()).extracting(Issue::pointer).containsExactly(AT);
    }

    private static EgressPolicy policy(JsonNode given) {
        return TestEgressConfig.policy(
                new TestEgressConfig(list(given, "allow"), list(given, "schemes"), list(given, "ports")));
    }

    private static Optional<List<String>> list(JsonNode given, String key) {
        return given.has(key) ? Optional.of(Cases.texts(given.path(key))) : Optional.empty();
    }

    private static String sandbox(JsonNode given) {
        return given.path("sandbox").asText("prod");
    }
}
