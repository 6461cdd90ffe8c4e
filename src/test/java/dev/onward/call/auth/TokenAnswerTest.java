package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.call.Answer;
import dev.onward.call.HttpMethod;
import dev.onward.call.auth.TokenAnswer.Granted;
import dev.onward.call.auth.TokenAnswer.TokenRefused;
import dev.onward.testsupport.TestCredentials;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes an answer of a token's endpoint a token. */
class TokenAnswerTest {

    private static final TokenLifetime HOUR = TokenLifetime.of(Duration.ofHours(1));
    private static final TokenLifetime TOLD =
            TokenLifetime.at(new TokenPath(List.of("expires_in")), Duration.ofSeconds(1));
    private static final TokenRequest WHOLE = request(TokenPath.WHOLE, HOUR);
    private static final TokenRequest MEMBER = request(new TokenPath(List.of("access_token")), TOLD);

    @ParameterizedTest
    @ValueSource(ints = {199, 300, 404})
    void another_status_than_a_success_gives_none(int status) {
        assertThatThrownBy(() -> TokenAnswer.read(answer(status, "t"), WHOLE))
                .isInstanceOfSatisfying(
                        TokenRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("it answered " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 299})
    void every_success_may_give_one(int status) {
        assertThat(TokenAnswer.read(answer(status, " t\r\n"), WHOLE))
                .isEqualTo(new Granted("t", Duration.ofHours(1), Optional.empty()));
    }

    @Test
    void a_token_alone_cannot_tell_its_lifetime() {
        refuses("t", request(TokenPath.WHOLE, TOLD), "its answer is not JSON");
    }

    @Test
    void a_token_cannot_be_looked_up_in_what_is_no_document() {
        refuses("t", request(new TokenPath(List.of("access_token")), HOUR), "its answer is not JSON");
    }

    @Test
    void a_token_has_8192_characters_at_most() {
        assertThat(TokenAnswer.read(answer(200, "t".repeat(8_192)), WHOLE).token())
                .hasSize(8_192);
        refuses(
                "t".repeat(8_193),
                WHOLE,
                "the token at response is empty, longer than 8192 characters or not visible ASCII");
    }

    @Test
    void a_token_may_have_every_visible_character() {
        assertThat(TokenAnswer.read(answer(200, "!~"), WHOLE).token()).isEqualTo("!~");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\u007fb", "é"})
    void a_token_may_have_no_other_character(String token) {
        refuses(token, WHOLE, "the token at response is empty, longer than 8192 characters or not visible ASCII");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"access_token\":7}", "[]"})
    void a_refusal_tells_where_the_token_was_looked_for(String body) {
        refuses(body, MEMBER, "its answer has no text at json://access_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "60.5", "6e1", "\"60\"", "100000000000000000", "1e17"})
    void a_lifetime_has_18_digits_before_the_point_at_most(String lifetime) {
        assertThat(TokenAnswer.read(expiring(lifetime), MEMBER).life()).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000000000000", "1e18", "\"1000000000000000000\"", "true", "{}"})
    void a_lifetime_of_more_digits_or_of_none_is_refused(String lifetime) {
        assertThatThrownBy(() -> TokenAnswer.read(expiring(lifetime), MEMBER))
                .isInstanceOf(TokenRefused.class)
                .hasMessageStartingWith("the lifetime in its answer is not a number");
    }

    @Test
    void a_lifetime_has_100_digits_behind_the_point_at_most() {
        assertThat(TokenAnswer.read(expiring("60." + "1".repeat(100)), MEMBER).life())
                .isEqualTo(Duration.ofMillis(60_111));
        assertThatThrownBy(() -> TokenAnswer.read(expiring("60." + "1".repeat(101)), MEMBER))
                .isInstanceOf(TokenRefused.class);
    }

    @Test
    void a_lifetime_that_is_a_text_has_40_characters_at_most() {
        String longest = "60." + "0".repeat(37);
        assertThat(TokenAnswer.read(expiring('"' + longest + '"'), MEMBER).life())
                .isEqualTo(Duration.ofMinutes(1));
        assertThatThrownBy(() -> TokenAnswer.read(expiring('"' + longest + "0\""), MEMBER))
                .isInstanceOf(TokenRefused.class);
    }

    @Test
    void a_lifetime_that_is_not_told_is_an_hour() {
        assertThat(TokenAnswer.read(answer(200, "{\"access_token\":\"t\"}"), MEMBER)
                        .life())
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void what_is_granted_names_all_that_is_secret() {
        String body = "{\"access_token\":\"t\",\"refresh_token\":\"r\"}";

        assertThat(TokenAnswer.read(answer(200, body), MEMBER).tokens()).containsExactly("t", "r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null", "7"})
    void what_is_no_refresh_token_is_left_out(String refreshToken) {
        String body = "{\"access_token\":\"t\",\"refresh_token\":%s}".formatted(refreshToken);

        assertThat(TokenAnswer.read(answer(200, body), MEMBER).refreshToken()).isEmpty();
    }

    @Test
    void its_text_for_a_log_has_no_token() {
        assertThat(new Granted("t", Duration.ofHours(1), Optional.of("r"))).hasToString("Granted[PT1H]");
    }

    private static void refuses(String body, TokenRequest request, String reason) {
        assertThatThrownBy(() -> TokenAnswer.read(answer(200, body), request))
                .isInstanceOf(TokenRefused.class)
                .hasMessage(reason);
    }

    private static Answer expiring(String lifetime) {
        return answer(200, "{\"access_token\":\"t\",\"expires_in\":%s}".formatted(lifetime));
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, List.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static TokenRequest request(TokenPath path, TokenLifetime lifetime) {
        return new TokenRequest(
                HttpMethod.GET,
                TestCredentials.TOKEN_ENDPOINT,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                path,
                lifetime,
                Optional.empty());
    }
}
