package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.AttemptRecord;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallResult;
import dev.onward.call.Redirects;
import dev.onward.egress.Destination;
import dev.onward.egress.Header;
import dev.onward.secret.Masker;
import dev.onward.secret.SecretText;
import dev.onward.testsupport.Calls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AuthenticatedCallTest extends AuthenticatedCalls {

    @Test
    void basic_authentication_is_a_header() {
        transport.answers(200);
        call(credential(new Authentication.Basic("Aladdin", SecretText.of("open sesame"))));
        assertThat(header(sent(0), "Authorization")).contains("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    @Test
    void a_key_stands_in_a_header_or_behind_the_query() {
        transport.answers(200).answers(200);
        call(credential(new Authentication.ApiKey(new TokenTarget.NamedHeader("X-Key"), SecretText.of("k"))));
        call(credential(new Authentication.ApiKey(new TokenTarget.QueryParameter("key"), SecretText.of("k k"))));
        assertThat(header(sent(0), "X-Key")).contains("k");
        assertThat(sent(1).message().destination().query()).isEqualTo("a=1&key=k%20k");
    }

    @Test
    void secret_headers_and_query_parameters_go_along() {
        transport.answers(200);
        SecretText secret = SecretText.of("s s");
        call(credential(new Authentication.Basic("a", SecretText.of("b")))
                .with(Map.of("X-Tenant", secret), Map.of("tenant", secret)));
        assertThat(bearer(0)).contains("Basic YTpi");
        assertThat(header(sent(0), "X-Tenant")).contains("s s");
        assertThat(sent(0).message().destination().query()).isEqualTo("a=1&tenant=s%20s");
    }

    @Test
    void a_signature_is_made_of_the_key_of_the_call_at_the_time_of_the_attempt() {
        transport.answers(200);
        SecretText secret = SecretText.of("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        call(credential(new Authentication.Signature(SignatureScheme.STANDARD_WEBHOOKS, secret, "")));
        assertThat(header(sent(0), "webhook-id")).contains("key-1");
        assertThat(header(sent(0), "webhook-timestamp")).contains("0");
        assertThat(header(sent(0), "webhook-signature"))
                .hasValueSatisfying(code -> assertThat(code).startsWith("v1,"));
    }

    @Test
    void a_url_without_room_for_the_key_is_not_sent() {
        Destination full = PROVIDER.withPathAndQuery("/v1", "a=" + "1".repeat(7_970));
        CallResult result = result(begin(Calls.to(full)
                .credential(credential(new Authentication.ApiKey(
                        new TokenTarget.QueryParameter("key"), SecretText.of("long-enough-key"))))));
        assertThat(code(result)).contains(CallErrorCode.REQUEST_INVALID);
        assertThat(transport.sent()).isEmpty();
    }

    @Test
    void what_proves_the_sender_takes_the_place_of_a_header_of_its_name() {
        transport.answers(200);
        Calls call = Calls.to(PROVIDER).header("authorization", "mine");
        result(begin(call.credential(credential(new Authentication.Bearer(SecretText.of("t"))))));
        assertThat(sent(0).message().headers().stream()
                        .filter(header -> header.name().equalsIgnoreCase("authorization"))
                        .map(Header::value))
                .containsExactly("Bearer t");
        assertThat(header(sent(0), "Content-Type")).contains("application/json");
    }

    @Test
    void a_token_is_fetched_once_and_used_until_a_tenth_of_its_life_is_left() {
        token("one", 100);
        transport.answers(200).answers(200);
        call(tokenCredential());
        timer.advance(Duration.ofSeconds(89));
        call(tokenCredential());
        assertThat(sent(0).message().destination()).isEqualTo(ENDPOINT);
        assertThat(bearer(1)).contains("Bearer one");
        assertThat(bearer(2)).contains("Bearer one");
        assertThat(transport.sent()).hasSize(3);
    }

    @Test
    void a_token_that_nears_its_end_is_renewed_beside_its_use() {
        token("one", 100);
        transport.answers(200);
        call(tokenCredential());
        timer.advance(Duration.ofSeconds(91));
        token("two", 100);
        transport.answers(200);
        call(tokenCredential());
        assertThat(sent(2).message().destination()).isEqualTo(ENDPOINT);
        assertThat(bearer(3)).contains("Bearer one");
        transport.answers(200);
        call(tokenCredential());
        assertThat(bearer(4)).contains("Bearer two");
    }

    @Test
    void of_a_long_life_a_minute_is_left() {
        token("one", 36_000);
        transport.answers(200);
        call(tokenCredential());
        timer.advance(Duration.ofSeconds(36_000 - 61));
        transport.answers(200);
        call(tokenCredential());
        assertThat(transport.sent()).hasSize(3);
        timer.advance(Duration.ofSeconds(2));
        token("two", 36_000);
        transport.answers(200);
        call(tokenCredential());
        assertThat(transport.sent()).hasSize(5);
    }

    @Test
    void an_expired_token_is_not_used() {
        token("one", 100);
        transport.answers(200);
        call(tokenCredential());
        timer.advance(Duration.ofSeconds(101));
        token("two", 100);
        transport.answers(200);
        call(tokenCredential());
        assertThat(bearer(3)).contains("Bearer two");
    }

    @Test
    void many_calls_wait_for_one_fetch() {
        transport.ends(Duration.ofSeconds(1), answer(200, "{\"access_token\":\"one\",\"expires_in\":100}"));
        List<CompletableFuture<CallResult>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            transport.answers(200);
            calls.add(begin(Calls.to(PROVIDER).credential(tokenCredential())));
        }
        timer.advance(Duration.ofSeconds(2));
        assertThat(calls).allMatch(CompletableFuture::isDone);
        assertThat(transport.sent()).hasSize(51);
    }

    @Test
    void a_401_drops_the_token_and_fetches_once_more_in_a_call() {
        token("one", 100);
        transport.answers(401);
        token("two", 100);
        transport.answers(401);
        CallResult result = call(tokenCredential());
        assertThat(bearer(1)).contains("Bearer one");
        assertThat(bearer(3)).contains("Bearer two");
        assertThat(result.outcome().joStatusCode()).isEqualTo("http_401");
        assertThat(result.attempts()).hasSize(2);
    }

    @Test
    void a_provider_that_refuses_every_token_is_not_given_new_ones_all_the_time() {
        token("one", 100);
        transport.answers(401);
        token("two", 100);
        transport.answers(401).answers(401).answers(401);
        for (int i = 0; i < 3; i++) {
            assertThat(call(tokenCredential()).outcome().joStatusCode()).isEqualTo("http_401");
        }
        assertThat(transport.sent()).hasSize(6);
    }

    @Test
    void a_failure_without_an_answer_costs_no_token() {
        token("one", 100);
        transport.fails(CallErrorCode.RESET, true).answers(200);
        CallResult result = call(tokenCredential());
        assertThat(result.outcome().isSuccess()).isTrue();
        assertThat(bearer(2)).contains("Bearer one");
        assertThat(result.attempts().get(0).retryIn()).contains(Duration.ofMillis(200));
    }

    @Test
    void a_401_to_a_password_is_final() {
        transport.answers(401);
        CallResult result = call(credential(new Authentication.Basic("a", SecretText.of("b"))));
        assertThat(result.attempts()).hasSize(1);
    }

    @Test
    void without_a_token_nothing_is_sent_and_the_endpoint_is_asked_again_later_only() {
        transport.ends(Duration.ZERO, answer(500, "")).ends(Duration.ZERO, answer(500, ""));
        CallResult failed = call(tokenCredential());
        assertThat(code(failed)).contains(CallErrorCode.AUTH_FAILED);
        assertThat(failed.attempts()).isEmpty();
        assertThat(failed.outcome().joStatusCode()).isEqualTo("internalError");
        assertThat(failed.authentication()).isPresent();
        assertThat(code(call(tokenCredential()))).contains(CallErrorCode.AUTH_FAILED);
        assertThat(transport.sent()).hasSize(2);
        timer.advance(Duration.ofSeconds(2));
        token("one", 100);
        transport.answers(200);
        assertThat(call(tokenCredential()).outcome().isSuccess()).isTrue();
    }

    @Test
    void why_the_endpoint_gave_no_token_is_told() {
        transport.fails(CallErrorCode.TLS_UNTRUSTED, false);
        assertThat(call(tokenCredential()).outcome().error())
                .contains(new CallError(
                        CallErrorCode.AUTH_FAILED, "nothing was sent: the token's endpoint gave no token: scripted"));
    }

    @Test
    void a_failure_that_may_pass_is_tried_once_more() {
        transport.fails(CallErrorCode.CONNECT, false);
        token("one", 100);
        transport.answers(200);
        assertThat(call(tokenCredential()).outcome().isSuccess()).isTrue();
    }

    @Test
    void an_endpoint_that_fails_while_the_old_token_is_good_costs_no_call() {
        token("one", 100);
        transport.answers(200);
        call(tokenCredential());
        timer.advance(Duration.ofSeconds(95));
        transport.ends(Duration.ZERO, answer(400, "")).answers(200).answers(200);
        assertThat(call(tokenCredential()).outcome().isSuccess()).isTrue();
        assertThat(call(tokenCredential()).outcome().isSuccess()).isTrue();
        assertThat(transport.sent()).hasSize(5);
    }

    @Test
    void an_endpoint_that_never_answers_is_left_after_ten_seconds() {
        transport.hangs();
        CompletableFuture<CallResult> call = begin(Calls.to(PROVIDER).credential(tokenCredential()));
        timer.advance(Duration.ofSeconds(11));
        assertThat(code(result(call))).contains(CallErrorCode.AUTH_FAILED);
    }

    @Test
    void the_window_of_a_call_counts_the_wait_for_its_token() {
        transport.hangs();
        CompletableFuture<CallResult> call =
                begin(Calls.to(PROVIDER).credential(tokenCredential()).window(Duration.ofSeconds(2)));
        timer.advance(Duration.ofMillis(2_001));
        assertThat(result(call).outcome().wireName()).isEqualTo("timedOut");
    }

    @Test
    void nothing_waits_for_its_time_after_a_call_that_fetched_its_token() {
        transport.ends(Duration.ofSeconds(1), answer(200, "{\"access_token\":\"one\"}"));
        transport.answers(200);
        CompletableFuture<CallResult> call = begin(Calls.to(PROVIDER).credential(tokenCredential()));
        timer.advance(Duration.ofSeconds(1));
        assertThat(result(call).outcome().isSuccess()).isTrue();
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void a_redirect_of_the_endpoint_is_not_followed() {
        transport.ends(Duration.ZERO, answer(302, ""));
        assertThat(code(call(tokenCredential()))).contains(CallErrorCode.AUTH_FAILED);
        assertThat(transport.sent()).hasSize(1);
    }

    @Test
    void no_hop_to_another_origin_carries_what_proves_the_sender() {
        Calls call = Calls.to(PROVIDER)
                .credential(credential(new Authentication.Bearer(SecretText.of("t"))))
                .redirects(Redirects.AJO);
        transport.answers(302, new Header("Location", "/next"));
        transport.answers(302, new Header("Location", "https://evil.example/"));
        transport.answers(200);
        result(begin(call));
        assertThat(bearer(0)).contains("Bearer t");
        assertThat(bearer(1)).contains("Bearer t");
        assertThat(bearer(2)).isEmpty();
        assertThat(sent(2).credential().isNone()).isTrue();
    }

    @Test
    void a_call_that_shows_how_its_token_is_fetched_fetches_one() {
        token("one", 100);
        transport.answers(200).answers(200);
        call(tokenCredential());
        assertThat(call(tokenCredential()).authentication()).isEmpty();
        token("two", 100);
        transport.answers(200);
        CallResult result = call(tokenCredential().asFresh());
        assertThat(result.authentication()).map(AttemptRecord::status).contains(OptionalInt.of(200));
        assertThat(bearer(4)).contains("Bearer two");
    }

    @Test
    void an_unusable_credential_sends_nothing() {
        CallError reason = new CallError(CallErrorCode.SECRET_UNAVAILABLE, "no key");
        Credential unusable = new Credential(
                "",
                new Authentication.None(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.of(reason),
                Masker.NONE,
                false);
        CallResult result = call(unusable);
        assertThat(code(result)).contains(CallErrorCode.SECRET_UNAVAILABLE);
        assertThat(transport.sent()).isEmpty();
    }
}
