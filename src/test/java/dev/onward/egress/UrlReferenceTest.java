package dev.onward.egress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UrlReferenceTest {

    private static final JsonPointer AT = JsonPointer.compile("/location");

    private final Issues issues = new Issues();

    static Stream<JsonNode> references() {
        return Cases.of("references");
    }

    @ParameterizedTest
    @MethodSource("references")
    void a_reference_is_resolved_or_refused(JsonNode given) {
        Destination base = Destinations.of(given.path("base").textValue());

        Optional<Destination> resolved =
                UrlReference.resolve(base, given.path("reference").textValue(), AT, issues);

        assertThat(resolved.map(Destination::url))
                .isEqualTo(Optional.ofNullable(given.path("url").textValue()));
        assertThat(issues.errors().stream().map(issue -> issue.code().code()).findFirst())
                .isEqualTo(Optional.ofNullable(given.path("code").textValue()));
        assertThat(issues.errors()).extracting(Issue::pointer).allMatch(AT::equals);
    }

    @Test
    void a_reference_as_long_as_no_url_may_be_is_refused() {
        Destination base = Destinations.of("https://h.example/a");

        assertThat(UrlReference.resolve(base, "/" + "../".repeat(3_000), AT, issues))
                .map(Destination::url)
                .contains("https://h.example/");
        assertThat(UrlReference.resolve(base, "/" + "a/".repeat(5_000), AT, issues))
                .isEmpty();
    }
}
