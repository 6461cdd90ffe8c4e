package dev.onward.egress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Issues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueryStringTest {

    private static final JsonPointer AT = JsonPointer.compile("/endpoint/query");

    private final Issues issues = new Issues();

    static Stream<JsonNode> queries() {
        return Cases.of("queries");
    }

    @ParameterizedTest
    @MethodSource("queries")
    void parameters_are_appended_or_refused(JsonNode given) {
        Destination base = new Destination(
                Scheme.HTTPS, "h.example", 443, "/", given.path("base").textValue());
        Map<String, String> parameters = new LinkedHashMap<>();
        given.path("parameters")
                .properties()
                .forEach(each -> parameters.put(each.getKey(), each.getValue().textValue()));

        parameters.keySet().forEach(name -> QueryString.checkName(name, AT.appendProperty(name), issues));
        Optional<Destination> joined =
                issues.hasErrors() ? Optional.empty() : QueryString.append(base, parameters, AT, issues);

        if (given.has("code")) {
            assertThat(joined).isEmpty();
            assertThat(issues.errors()).singleElement().satisfies(issue -> {
                assertThat(issue.code().code()).isEqualTo(given.path("code").textValue());
                assertThat(issue.pointer().toString()).startsWith("/endpoint/query");
            });
        } else {
            assertThat(issues.errors()).isEmpty();
            assertThat(joined.map(Destination::query))
                    .contains(given.path("query").textValue());
            assertThat(joined.map(destination -> Destinations.of(destination.url())))
                    .isEqualTo(joined);
        }
    }

    @Test
    void a_name_with_half_a_surrogate_pair_is_refused() {
        QueryString.checkName("a\ud800", AT, issues);

        assertThat(issues.errors())
                .singleElement()
                .satisfies(issue -> assertThat(issue.code()).isEqualTo(EgressIssue.QUERY_INVALID));
    }
}
