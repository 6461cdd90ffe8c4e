package dev.onward.egress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {

    private static final JsonPointer AT = JsonPointer.compile("/endpoint/headers");

    private final HeaderRules rules = new HeaderRules(BodyType.JSON);
    private final Issues issues = new Issues();

    static Stream<JsonNode> headers() {
        return Cases.of("headers");
    }

    @ParameterizedTest
    @MethodSource("headers")
    void registration_refuses_a_header_with_its_code(JsonNode given) {
        String name = given.path("name").textValue();
        HeaderRules ofBody = new HeaderRules(body(given));

        ofBody.checkNames(List.of(name), AT, issues);
        ofBody.checkValue(name, given.path("value").textValue(), AT.appendProperty(name), issues);

        List<String> expected = given.has("code") ? List.of(given.path("code").textValue()) : List.of();
        assertThat(issues.errors()).extracting(issue -> issue.code().code()).containsExactlyElementsOf(expected);
        assertThat(issues.errors()).extracting(Issue::pointer).containsOnly(expectedPointers(name, expected));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void rendering_refuses_the_same_headers(JsonNode given) {
        Optional<String> fault = new HeaderRules(body(given))
                .fault(given.path("name").textValue(), given.path("value").textValue());

        assertThat(fault.isPresent()).isEqualTo(given.has("code"));
        assertThat(fault.orElse("-")).matches("[ -~]{1,200}");
    }

    @Test
    void a_header_that_stands_there_twice_in_any_case_is_refused() {
        rules.checkNames(List.of("X-Tenant", "X-Other", "x-tenant"), AT, issues);

        assertThat(issues.errors()).singleElement().satisfies(issue -> {
            assertThat(issue.code()).isEqualTo(EgressIssue.HEADER_DUPLICATE);
            assertThat(issue.pointer().toString()).isEqualTo("/endpoint/headers/x-tenant");
        });
    }

    @Test
    void every_faulty_name_is_told() {
        rules.checkNames(List.of("Host", "a b", "X-Good", ".x"), AT, issues);

        assertThat(issues.errors())
                .extracting(issue -> issue.pointer().toString())
                .containsExactly("/endpoint/headers/Host", "/endpoint/headers/a b", "/endpoint/headers/.x");
    }

    @Test
    void thirty_two_headers_are_allowed_and_one_more_is_not() {
        List<String> names = names(HeaderRules.MAX_HEADERS + 1);

        rules.checkNames(names.subList(0, HeaderRules.MAX_HEADERS), AT, issues);
        assertThat(issues.errors()).isEmpty();

        rules.checkNames(names, AT, issues);
        assertThat(issues.errors()).singleElement().satisfies(issue -> {
            assertThat(issue.code()).isEqualTo(EgressIssue.HEADER_LIMIT);
            assertThat(issue.pointer()).isEqualTo(AT);
        });
    }

    @Test
    void rendered_headers_are_counted_too() {
        List<Header> headers = names(HeaderRules.MAX_HEADERS + 1).stream()
                .map(name -> new Header(name, "v"))
                .toList();

        assertThat(rules.fault(headers.subList(0, HeaderRules.MAX_HEADERS))).isEmpty();
        assertThat(rules.fault(headers))
                .hasValueSatisfying(fault -> assertThat(fault).contains("33"));
    }

    @Test
    void rendered_headers_have_16_kibibytes_together() {
        Header quarter = new Header("X-1", "v".repeat(HeaderRules.MAX_TOTAL_BYTES / 4 - 3));
        Header last = new Header("X-4", quarter.value());
        List<Header> full =
                List.of(quarter, new Header("X-2", quarter.value()), new Header("X-3", quarter.value()), last);

        assertThat(rules.fault(full)).isEmpty();
        assertThat(rules.fault(Stream.concat(full.stream(), Stream.of(new Header("Y", "")))
                        .toList()))
                .hasValueSatisfying(fault -> assertThat(fault).contains("16385"));
    }

    @Test
    void rendered_headers_stand_there_once() {
        assertThat(rules.fault(List.of(new Header("X-A", "1"), new Header("x-a", "2"))))
                .isPresent();
    }

    @Test
    void a_fault_never_tells_the_value() {
        assertThat(rules.fault("X-Token", "hunter2\r\n"))
                .hasValueSatisfying(fault -> assertThat(fault).doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "cookie",
                "Set-Cookie",
                "Proxy-Authorization",
                "X-Api-Key",
                "x-api-key",
                "Api-Key",
                "X-Auth-Token",
                "X_AUTH_TOKEN",
                "X-Amz-Security-Token",
                "Ocp-Apim-Subscription-Key",
                "apikey",
                "X-Client-Secret",
                "webhook-signature",
                "X-Acme-Password",
                "X-API_KEY"
            })
    void secret_headers_are_known_by_their_names(String name) {
        assertThat(SecretHeaders.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type",
                "Accept",
                "X-Tenant",
                "Idempotency-Key",
                "Retry-After",
                "WWW-Authenticate",
                "ETag",
                "X-Cookieless",
                "Author",
                "X-Tokenizer",
                ""
            })
    void other_headers_are_shown(String name) {
        assertThat(SecretHeaders.isSecret(name)).isFalse();
    }

    /** Only the rules know a name in capitals. */
    @Test
    void what_is_told_at_once_is_no_secret_by_the_rules() {
        assertThat(SecretHeaders.ORDINARY).noneMatch(name -> SecretHeaders.isSecret(name.toUpperCase(Locale.ROOT)));
    }

    private static JsonPointer[] expectedPointers(String name, List<String> codes) {
        return Collections.nCopies(codes.size(), AT.appendProperty(name)).toArray(new JsonPointer[0]);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "X-" + i).toList();
    }

    private static BodyType body(JsonNode given) {
        return BodyType.valueOf(given.path("body").asText("JSON"));
    }
}
