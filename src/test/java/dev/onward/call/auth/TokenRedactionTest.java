package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.AttemptRecord;
import dev.onward.call.CapturedMessage;
import dev.onward.call.HttpMethod;
import dev.onward.call.Passage;
import dev.onward.call.Timings;
import dev.onward.egress.Header;
import dev.onward.secret.Masker;
import dev.onward.secret.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is shown of an exchange with a token's endpoint. */
class TokenRedactionTest {

    private static final Masker PASSWORD = Masker.of(List.of(SecretText.of("open-sesame")));

    @Test
    void what_was_sent_shows_no_secret_of_the_credential() {
        AttemptRecord record = record(
                message("Authorization", "Basic open-sesame", "grant_type=password&password=open-sesame"),
                Optional.empty());

        assertThat(TokenRedaction.of(record, PASSWORD, List.of()).request())
                .isEqualTo(message("Authorization", "Basic ***", "grant_type=password&password=***"));
    }

    @Test
    void what_came_shows_no_token() {
        AttemptRecord record = record(
                message("Accept", "*/*", "a=b"),
                Optional.of(message("Set-Cookie", "id=token-1", "{\"value\":\"token-1\",\"expires_in\":60}")));

        assertThat(TokenRedaction.of(record, PASSWORD, List.of("token-1")).response())
                .contains(message("Set-Cookie", "id=***", "{\"value\":\"***\",\"expires_in\":60}"));
    }

    @Test
    void what_is_named_like_a_secret_is_not_shown_either() {
        AttemptRecord record = record(
                message("Accept", "*/*", "a=b"), Optional.of(message("Age", "0", "{\"refresh_token\":\"unknown\"}")));

        assertThat(TokenRedaction.of(record, PASSWORD, List.of()).response())
                .contains(message("Age", "0", "{\"refresh_token\":\"***\"}"));
    }

    @Test
    void what_is_no_secret_stays_as_it_was() {
        AttemptRecord record =
                record(message("Accept", "*/*", "a=b"), Optional.of(message("Age", "0", "{\"error\":\"no\"}")));

        assertThat(TokenRedaction.of(record, PASSWORD, List.of("token-1"))).isEqualTo(record);
    }

    private static CapturedMessage message(String header, String value, String body) {
        return new CapturedMessage(List.of(new Header(header, value)), Optional.of(body), true);
    }

    private static AttemptRecord record(CapturedMessage request, Optional<CapturedMessage> response) {
        Optional<Duration> no = Optional.empty();
        return new AttemptRecord(
                2,
                Instant.EPOCH,
                HttpMethod.POST,
                "https://login.example.com/token",
                request,
                OptionalInt.of(400),
                response,
                Optional.empty(),
                new Timings(no, no, no, no, no, Duration.ofSeconds(1)),
                Passage.PLAIN,
                Optional.of(Duration.ofMillis(200)));
    }
}
