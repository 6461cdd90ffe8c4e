package dev.onward.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.call.auth.Authentication;
import dev.onward.call.auth.TokenLifetime;
import dev.onward.egress.DestinationRule;
import dev.onward.secret.Masker;
import dev.onward.testsupport.Definitions;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Custom authorizations as they are read, without a server. */
class CustomAuthorizationReaderTest {

    private static final DestinationRule TODAY = (destination, at, issues) -> {};

    private final Issues issues = new Issues();

    @Test
    void what_the_function_made_and_numbers_are_masked_by_value() {
        CredentialDefinition read = read("""
                { "type": "customAuthorization", "endpoint": "https://login.example/t", "method": "POST",
                  "headers": { "Authorization": "Basic EncodeBase64(client:hush-hush)" },
                  "body": { "bodyType": "json", "bodyParams":
                    { "pin": 90210, "rate": 1234.50, "on": true, "k": "EncodeBase64(x:yes-yes)", "few": 7 } },
                  "tokenInResponse": "response", "authorizationType": "bearer" }""", TODAY).orElseThrow();
        Masker masker = Masker.of(read.secrets());
        assertThat(masker.mask("Y2xpZW50Omh1c2gtaHVzaA==|hush-hush|90210|1234.50|eDp5ZXMteWVz|true|7"))
                .isEqualTo("***|***|***|***|***|true|7");
        assertThat(masker.mask("7")).isEqualTo("***");
    }

    @Test
    void the_token_of_a_header_is_a_secret_by_itself() {
        CredentialDefinition read = read("""
                { "type": "customAuthorization", "endpoint": "https://login.example/t", "method": "GET",
                  "headers": { "Authorization": "Bearer hush-hush" },
                  "tokenInResponse": "response", "authorizationType": "bearer" }""", TODAY).orElseThrow();
        assertThat(Masker.of(read.secrets()).mask("you sent hush-hush")).isEqualTo("you sent ***");
    }

    @ParameterizedTest
    @CsvSource({
        "10, years, true",
        "11, years, false",
        "121, months, true",
        "122, months, false",
        "3650, days, true",
        "3651, days, false",
        "87600, hours, true",
        "1000000000, seconds, false",
        "1000000000, years, false",
        "2147483647, milliseconds, true",
        "0, seconds, false"
    })
    void a_fixed_lifetime_is_ten_years_at_most(int duration, String unit, boolean allowed) {
        Optional<CredentialDefinition> read = read(cached(duration, unit), TODAY);
        assertThat(read.isPresent()).isEqualTo(allowed);
        if (!allowed) {
            Issue issue = issues.errors().get(0);
            assertThat(issue.pointer()).hasToString("/authentication/cacheDuration/duration");
            assertThat(issue.code().code()).isEqualTo("out-of-range");
            assertThat(issue.message()).contains("from 1 to");
        }
    }

    @Test
    void one_that_was_registered_before_the_bound_is_cut_to_it() {
        CredentialDefinition read =
                read(cached(500, "years"), DestinationRule.REGISTERED_BEFORE).orElseThrow();
        assertThat(read.authentication())
                .isInstanceOfSatisfying(
                        Authentication.Token.class,
                        token -> assertThat(token.request().lifetime().fixed())
                                .isEqualTo(TokenLifetime.LONGEST)
                                .isEqualTo(Duration.ofDays(3_650)));
    }

    private static String cached(int duration, String unit) {
        return """
                { "type": "customAuthorization", "endpoint": "https://login.example/t", "method": "GET",
                  "tokenInResponse": "response", "authorizationType": "bearer",
                  "cacheDuration": { "duration": %d, "timeUnit": "%s" } }""".formatted(duration, unit);
    }

    private Optional<CredentialDefinition> read(String authentication, DestinationRule rule) {
        ObjectNode document = Definitions.parse("{}");
        document.set("authentication", Definitions.parse(authentication));
        SecretMembers.Separated separated = SecretMembers.separate(document);
        MemberReader reader = MemberReader.of(
                        separated.document().path("authentication"), JsonPointer.compile("/authentication"), issues)
                .orElseThrow();
        return new AuthenticationReader(new SecretValues(separated.fresh()), rule).read(reader);
    }
}
