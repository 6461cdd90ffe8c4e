package dev.onward.egress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EgressIssueTest {

    private static final Set<String> CODES_IN_TABLES = Stream.of("urls", "destinations", "headers", "paths", "queries")
            .flatMap(Cases::of)
            .flatMap(EgressIssueTest::codes)
            .collect(Collectors.toUnmodifiableSet());

    /** What no table of single headers can hold; HeaderRulesTest does. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HEADER_DUPLICATE")
    void every_code_stands_in_a_table(EgressIssue issue) {
        assertThat(CODES_IN_TABLES).contains(issue.code());
    }

    private static Stream<String> codes(JsonNode given) {
        return Stream.concat(Stream.of(given.path("code").asText()), Cases.texts(given.path("codes")).stream());
    }
}
