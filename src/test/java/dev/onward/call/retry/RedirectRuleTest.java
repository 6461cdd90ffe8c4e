package dev.onward.call.retry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.Answer;
import dev.onward.call.CallErrorCode;
import dev.onward.call.HttpMethod;
import dev.onward.call.OutboundRequest;
import dev.onward.call.Redirects;
import dev.onward.egress.Destination;
import dev.onward.egress.Header;
import dev.onward.egress.UrlParser;
import dev.onward.testsupport.CaseTable;
import dev.onward.value.Issues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code redirects.json}: a request of {@code from}, an answer, and what comes after it. */
class RedirectRuleTest {

    private static final List<Header> HEADERS = List.of(
            new Header("Content-Type", "application/json"),
            new Header("content-language", "en"),
            new Header("Authorization", "Bearer s3cr3t"),
            new Header("X-Tag", "a"));

    private static final List<Header> CREDENTIALS = List.of(
            new Header("Cookie", "s3cr3t"),
            new Header("Proxy-Authorization", "s3cr3t"),
            new Header("X-Api-Key", "s3cr3t"),
            new Header("authorization", "s3cr3t"),
            new Header("X-Auth-Token", "s3cr3t"));

    static Stream<JsonNode> followed() {
        return cases().filter(row -> row.has("url"));
    }

    static Stream<JsonNode> refused() {
        return cases().filter(row -> row.has("refused"));
    }

    static Stream<JsonNode> left() {
        return cases().filter(row -> row.has("left"));
    }

    private static Stream<JsonNode> cases() {
        return CaseTable.read("/call/redirects.json").valueStream();
    }

    @ParameterizedTest
    @MethodSource("followed")
    void a_redirect_is_followed(JsonNode row) {
        OutboundRequest next = follow(row, HEADERS);

        assertThat(next.destination().url()).isEqualTo(row.get("url").textValue());
        assertThat(next.method().name()).isEqualTo(row.get("as").textValue());
        assertThat(next.body().isPresent()).isEqualTo(row.get("body").booleanValue());
        assertThat(next.headers())
                .extracting(Header::name)
                .containsExactlyElementsOf(row.get("headers")
                        .valueStream()
                        .map(JsonNode::textValue)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("followed")
    void credentials_stay_with_their_origin(JsonNode row) {
        boolean sameOrigin = row.get("headers").toString().contains("Authorization");

        List<Header> sent = new ArrayList<>(follow(row, CREDENTIALS).headers());

        assertThat(sent).isEqualTo(sameOrigin ? CREDENTIALS : List.of());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_redirect_is_refused_with_its_status_and_a_reason(JsonNode row) {
        assertThat(after(row, HEADERS))
                .hasValueSatisfying(decision -> assertThat(decision)
                        .isInstanceOfSatisfying(RetryDecision.GiveUp.class, end -> {
                            assertThat(end.outcome().wireName()).isEqualTo("failed");
                            assertThat(end.outcome().status())
                                    .hasValue(row.get("status").intValue());
                            assertThat(end.outcome().error()).hasValueSatisfying(error -> {
                                assertThat(error.code()).isEqualTo(CallErrorCode.REDIRECT_REFUSED);
                                assertThat(error.message())
                                        .contains(row.get("refused").textValue())
                                        .doesNotContain("s3cr3t");
                            });
                        }));
    }

    @ParameterizedTest
    @MethodSource("left")
    void what_these_redirects_do_not_follow_is_left_to_the_retry_rule(JsonNode row) {
        assertThat(after(row, HEADERS)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("followed")
    void what_says_nothing_goes_along_everywhere(JsonNode row) {
        List<Header> harmless = List.of(new Header("ACCEPT", "text/x"), new Header("User-Agent", "u"));
        assertThat(follow(row, harmless).headers()).isEqualTo(harmless);
    }

    private static OutboundRequest follow(JsonNode row, List<Header> headers) {
        RetryDecision decision = after(row, headers).orElseThrow();
        List<OutboundRequest> next = new ArrayList<>();
        decision.carryOut(delay -> {}, next::add, outcome -> {});
        assertThat(next).hasSize(1);
        assertThat(decision.retryIn()).isEmpty();
        return next.get(0);
    }

    private static Optional<RetryDecision> after(JsonNode row, List<Header> headers) {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        HttpMethod method = HttpMethod.valueOf(row.path("method").asText("POST"));
        String from = row.path("from").asText("https://h.example/v1/messages?secret=s3cr3t");
        OutboundRequest request = new OutboundRequest(method, destination(from), headers, Optional.of(body));
        Redirects redirects = Arrays.stream(Redirects.values())
                .filter(each -> each.wireName().equals(row.get("redirects").textValue()))
                .findFirst()
                .orElseThrow();
        List<Header> locations = new ArrayList<>(List.of(new Header("Content-Location", "/elsewhere")));
        row.get("location").forEach(value -> locations.add(new Header("location", value.textValue())));
        return RedirectRule.after(
                new Answer(row.get("status").intValue(), locations, new byte[0]),
                request,
                redirects,
                row.path("hops").asInt(0));
    }

    private static Destination destination(String url) {
        return UrlParser.parse(url, JsonPointer.empty(), new Issues()).orElseThrow();
    }
}
