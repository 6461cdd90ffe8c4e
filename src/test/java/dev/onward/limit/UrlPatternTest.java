package dev.onward.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.egress.Destination;
import dev.onward.egress.UrlParser;
import dev.onward.value.Issues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlPatternTest {

    @ParameterizedTest
    @CsvSource({
        "https://a.example/v1/*/send, https://a.example/v1/x/send, true",
        "https://a.example/v1/*/send, https://a.example/v1/x/y/send, true",
        "https://a.example/v1/*/send, https://a.example/v1//send, true",
        "https://a.example/v1/*/send, https://a.example/v1/send, false",
        "https://a.example/v1/*/send, https://a.example/v1/x/send?b=1, true",
        "https://a.example/v1?b=*, https://a.example/v1?b=1, true",
        "https://a.example/v1?b=*, https://a.example/v1, false",
        "https://a.example/*, http://a.example/x, false",
        "https://a.example/*, https://b.example/x, false",
        "https://a.example/*, https://a.example:8443/x, false",
        "https://a.example:443/*, https://A.example/x, true",
        "https://a.example, https://a.example/, true",
        "https://a.example, https://a.example/x, false",
        "https://a.example/**a**, https://a.example/xax, true",
        "https://a.example/*ab*ab, https://a.example/xabab, true",
        "https://a.example/*ab*ab, https://a.example/xab, false",
        "https://a.example/*aab*, https://a.example/aaab, true",
        "https://a.example/a*a, https://a.example/a, false",
        "https://a.example/%7eu/%c3%a9/*, https://a.example/~u/%C3%A9/x, true",
        "https://a.example/~u/%C3%A9/*, https://a.example/%7eu/%c3%a9/x, true",
        "https://a.example/a%2Fb, https://a.example/a/b, false",
    })
    void a_pattern_matches_what_it_says(String pattern, String url, boolean matches) {
        assertThat(UrlPattern.parse(pattern).pattern().orElseThrow().matches(destination(url)))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "https://*.example/, WILDCARD_IN_HOST",
        "*://a.example/, WILDCARD_IN_HOST",
        "https://a.example:*/, WILDCARD_IN_HOST",
        "https://a.example*, WILDCARD_IN_HOST",
        "a.example/*, MALFORMED",
        "ftp://a.example/*, MALFORMED",
        "https://a.example/../x, MALFORMED",
        "https://a.example/#x, MALFORMED",
        "'', MALFORMED",
    })
    void what_is_no_pattern_is_told(String pattern, UrlPattern.Fault fault) {
        assertThat(UrlPattern.parse(pattern).fault()).contains(fault);
        assertThat(UrlPattern.parse(pattern).pattern()).isEmpty();
    }

    @Test
    void many_wildcards_cost_little() {
        String pattern = "https://a.example/" + "*a".repeat(900) + "b";
        String url = "https://a.example/" + "a".repeat(7_000);
        assertThat(UrlPattern.parse(pattern).pattern().orElseThrow().matches(destination(url)))
                .isFalse();
    }

    private static Destination destination(String url) {
        return UrlParser.parse(url, JsonPointer.empty(), new Issues()).orElseThrow();
    }
}
