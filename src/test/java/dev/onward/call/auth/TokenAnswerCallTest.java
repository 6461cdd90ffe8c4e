package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.CallErrorCode;
import dev.onward.call.CallResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call makes of the answers of its token endpoint. */
class TokenAnswerCallTest extends AuthenticatedCalls {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>no</html>",
                "",
                "[]",
                "{}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":7}",
                "{\"access_token\":\"a b\"}",
                "{\"access_token\":\"a\\r\\nX: y\"}",
                "{\"access_token\":\"t\",\"expires_in\":-1}",
                "{\"access_token\":\"t\",\"expires_in\":0}",
                "{\"access_token\":\"t\",\"expires_in\":\"soon\"}",
                "{\"access_token\":\"t\",\"expires_in\":null}",
                "{\"access_token\":\"t\",\"expires_in\":\"1e999999999\"}",
                "{\"access_token\":\"t\",\"expires_in\":\"1e9\"}",
                "{\"access_token\":\"t\",\"expires_in\":\"+60\"}",
                "{\"access_token\":\"t\",\"expires_in\":\"1234567890123456789\"}",
                "{\"access_token\":\"t\",\"expires_in\":1e999}",
                "{\"access_token\":\"t\",\"expires_in\":-1e999}",
                "{\"access_token\":\"t\",\"expires_in\":1e-999}",
                "{\"access_token\":\"t\",\"expires_in\":-18446744073709551}"
            })
    void an_answer_without_a_usable_token_ends_the_call_and_shows_none(String body) {
        transport.ends(Duration.ZERO, answer(200, body));
        CallResult result = call(tokenCredential());
        assertThat(code(result)).contains(CallErrorCode.AUTH_FAILED);
        assertThat(result.attempts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "\"60\"", "60.0", "6E1", "\"60.000\""})
    void a_lifetime_is_a_number_or_spells_one_out(String lifetime) {
        transport
                .ends(Duration.ZERO, answer(200, "{\"access_token\":\"one\",\"expires_in\":%s}".formatted(lifetime)))
                .answers(200);
        call(tokenCredential());
        timer.advance(Duration.ofSeconds(50));
        transport.answers(200);
        call(tokenCredential());
        timer.advance(Duration.ofSeconds(10));
        token("two", 60);
        transport.answers(200);
        call(tokenCredential());
        assertThat(bearer(2)).contains("Bearer one");
        assertThat(bearer(4)).contains("Bearer two");
    }

    @Test
    void a_lifetime_of_thousands_of_years_is_cut_to_ten() {
        transport
                .ends(Duration.ZERO, answer(200, "{\"access_token\":\"one\",\"expires_in\":999999999999999999}"))
                .answers(200);
        call(tokenCredential());
        timer.advance(TokenLifetime.LONGEST.minusDays(1));
        transport.answers(200);
        call(tokenCredential());
        assertThat(transport.sent()).hasSize(3);
        assertThat(bearer(2)).contains("Bearer one");
    }

    @Test
    void a_token_without_a_lifetime_lasts_an_hour() {
        transport.ends(Duration.ZERO, answer(200, "{\"access_token\":\"one\"}")).answers(200);
        call(tokenCredential());
        timer.advance(Duration.ofMinutes(58));
        transport.answers(200);
        call(tokenCredential());
        assertThat(transport.sent()).hasSize(3);
    }
}
