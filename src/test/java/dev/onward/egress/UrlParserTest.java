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

class UrlParserTest {

    private static final JsonPointer AT = JsonPointer.compile("/endpoint/url");

    private final Issues issues = new Issues();

    static Stream<JsonNode> urls() {
        return Cases.of("urls");
    }

    @ParameterizedTest
    @MethodSource("urls")
    void a_url_is_read_as_the_url_standard_reads_it_or_refused(JsonNode given) {
        Optional<Destination> destination = UrlParser.parse(given.path("url").textValue(), AT, issues);

        if (given.has("code")) {
            assertThat(destination).isEmpty();
            assertThat(issues.errors())
                    .singleElement()
                    .satisfies(issue -> assertThat(issue.pointer()).isEqualTo(AT))
                    .satisfies(issue -> assertThat(issue.code().code())
                            .isEqualTo(given.path("code").textValue()));
        } else {
            assertThat(issues.errors()).isEmpty();
            assertThat(destination).hasValueSatisfying(read -> {
                assertThat(read.scheme().wireName())
                        .isEqualTo(given.path("scheme").textValue());
                assertThat(read.host()).isEqualTo(given.path("host").textValue());
                assertThat(read.port()).isEqualTo(given.path("port").intValue());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    void what_was_read_reads_the_same_again(JsonNode given) {
        Optional<Destination> first = UrlParser.parse(given.path("url").textValue(), AT, issues);

        Optional<Destination> second = first.flatMap(read -> UrlParser.parse(read.url(), AT, issues));

        assertThat(second).isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("urls")
    void a_message_never_holds_what_could_break_a_line_of_a_log(JsonNode given) {
        UrlParser.parse(given.path("url").textValue(), AT, issues);

        assertThat(issues.errors())
                .extracting(Issue::message)
                .allSatisfy(message -> assertThat(message).matches("[ -~]+"));
    }

    @Test
    void path_and_query_are_kept_as_written() {
        Optional<Destination> read = UrlParser.parse("https://h.example/A%2fb?c=%7E&d", AT, issues);

        assertThat(read).contains(new Destination(Scheme.HTTPS, "h.example", 443, "/A%2fb", "c=%7E&d"));
    }

    @Test
    void a_url_of_more_than_8000_octets_is_refused() {
        String longest = "https://example.com/" + "a".repeat(UrlParser.MAX_OCTETS - 20);

        assertThat(UrlParser.parse(longest, AT, issues)).isPresent();
        assertThat(UrlParser.parse(longest + "a", AT, issues)).isEmpty();
        assertThat(issues.errors())
                .singleElement()
                .satisfies(issue -> assertThat(issue.message()).contains("8000").contains("8001"));
    }

    @Test
    void a_password_in_a_url_is_never_told() {
        UrlParser.parse("https://user:hunter2@example.com/", AT, issues);

        assertThat(issues.errors())
                .singleElement()
                .satisfies(issue -> assertThat(issue.message()).doesNotContain("hunter2"));
    }
}
