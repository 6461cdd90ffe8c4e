package dev.onward.egress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.value.Issues;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PathJoinerTest {

    private static final JsonPointer AT = JsonPointer.compile("/path");
    private static final Destination BASE = Destinations.of("https://h.example/base/");

    private final Issues issues = new Issues();

    static Stream<JsonNode> paths() {
        return Cases.of("paths");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void a_path_is_joined_or_refused(JsonNode given) {
        Destination base = Destinations.of(given.path("base").textValue());

        Optional<Destination> joined = PathJoiner.join(base, given.path("path"), AT, issues);

        if (given.has("code")) {
            assertThat(joined).isEmpty();
            assertThat(issues.errors())
                    .singleElement()
                    .satisfies(issue -> assertThat(issue.code().code())
                            .isEqualTo(given.path("code").textValue()));
        } else {
            assertThat(issues.errors()).isEmpty();
            assertThat(joined.map(Destination::url)).contains(given.path("url").textValue());
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void what_was_joined_is_a_url_of_the_same_host_that_the_parser_takes(JsonNode given) {
        Destination base = Destinations.of(given.path("base").textValue());

        Optional<Destination> joined = PathJoiner.join(base, given.path("path"), AT, issues)
                .filter(destination -> !destination.path().contains("%25"));

        assertThat(joined.map(destination -> Destinations.of(destination.url())))
                .isEqualTo(joined);
        assertThat(joined.map(Destination::authority).orElse(base.authority())).isEqualTo(base.authority());
    }

    @Test
    void a_faulty_segment_of_a_list_is_pointed_at() {
        PathJoiner.join(BASE, JsonNodeFactory.instance.arrayNode().add("a").add(".."), AT, issues);

        assertThat(issues.errors())
                .singleElement()
                .satisfies(issue -> assertThat(issue.pointer().toString()).isEqualTo("/path/1"));
    }

    @Test
    void a_url_may_have_8000_octets_with_its_path() {
        String longest = "a".repeat(UrlParser.MAX_OCTETS - BASE.url().length());

        assertThat(PathJoiner.join(BASE, new TextNode(longest), AT, issues)).isPresent();
        assertThat(PathJoiner.join(BASE, new TextNode(longest + "a"), AT, issues))
                .isEmpty();
        assertThat(issues.errors())
                .singleElement()
                .satisfies(issue -> assertThat(issue.code()).isEqualTo(EgressIssue.PATH_INVALID));
    }

    @Test
    void a_path_that_is_encoded_a_hundred_thousand_times_is_refused_without_decoding_it() {
        String nested = "%" + "25".repeat(100_000) + "2e";

        assertThat(PathJoiner.join(BASE, new TextNode(nested), AT, issues)).isEmpty();
    }
}
