package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.Answer;
import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.HttpMethod;
import dev.onward.egress.BodyType;
import dev.onward.egress.Destination;
import dev.onward.egress.Scheme;
import dev.onward.sandbox.Sandbox;
import dev.onward.secret.Masker;
import dev.onward.secret.SecretText;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.Engines;
import dev.onward.testsupport.FakeTimer;
import dev.onward.testsupport.ScriptedTransport;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Tokens that are fetched by refresh tokens, over a scripted transport and a store that fails when it is told. */
class RefreshTokenTest {

    private static final Destination PROVIDER = new Destination(Scheme.HTTPS, "api.example.com", 443, "/v1", "");
    private static final Destination ENDPOINT = new Destination(Scheme.HTTPS, "login.example.com", 443, "/token", "");

    private final FakeTimer timer = new FakeTimer();
    private final ScriptedTransport transport = new ScriptedTransport(timer);
    private final Kept kept = new Kept();
    private final Authenticator authenticator =
            new Authenticator(transport, kept, timer, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), "Onward/test");

    @Test
    void a_new_one_is_stored_before_the_token_that_came_with_it_is_used() {
        kept.storing = new CompletableFuture<>();
        grants("one", "r1");
        CompletableFuture<SignedRequest> signed = sign();
        assertThat(signed).isNotDone();
        kept.storing.complete(null);
        assertThat(signed).isCompleted();
        assertThat(kept.token).isEqualTo(SecretText.of("r1"));
    }

    @Test
    void what_cannot_be_stored_ends_the_fetch_is_kept_and_stored_before_the_next() {
        kept.storing = CompletableFuture.failedFuture(new IllegalStateException("no database"));
        grants("one", "r1");
        assertThat(fault(sign()))
                .contains(new CallError(
                        CallErrorCode.AUTH_FAILED, "the refresh token could not be stored; the next call tries again"));
        assertThat(kept.token).isEqualTo(SecretText.of("r0"));

        timer.advance(Duration.ofSeconds(2));
        assertThat(fault(sign())).isPresent();
        assertThat(transport.sent()).hasSize(1);

        kept.storing = CompletableFuture.completedFuture(null);
        timer.advance(Duration.ofSeconds(5));
        grants("two", "r2");
        assertThat(fault(sign())).isEmpty();
        assertThat(body(1)).contains("refresh_token=r1");
        assertThat(kept.token).isEqualTo(SecretText.of("r2"));
        assertThat(kept.replaced).containsExactly("r0>r1", "r0>r1", "r0>r1", "r1>r2");
    }

    @Test
    void one_that_another_process_stored_meanwhile_stays() {
        kept.storing = new CompletableFuture<>();
        grants("one", "r1");
        CompletableFuture<SignedRequest> signed = sign();
        kept.token = SecretText.of("newer");
        kept.storing.complete(null);
        assertThat(fault(signed)).isEmpty();
        assertThat(kept.token).isEqualTo(SecretText.of("newer"));
    }

    @Test
    void the_same_one_again_is_not_stored() {
        grants("one", "r0");
        assertThat(fault(sign())).isEmpty();
        assertThat(kept.replaced).isEmpty();
    }

    @Test
    void without_a_place_to_keep_new_ones_the_first_is_used_again_and_again() {
        Authenticator forgetful = Engines.authenticator(transport, timer, Clock.systemUTC());
        grants("one", "r1");
        assertThat(fault(sign(forgetful))).isEmpty();
        grants("two", "r2");
        assertThat(fault(sign(forgetful))).isEmpty();
        assertThat(body(1)).isEqualTo(body(0)).endsWith("refresh_token=r");
    }

    @Test
    void one_that_cannot_be_read_is_not_guessed() {
        kept.reading = CompletableFuture.failedFuture(new IllegalStateException("no database"));
        assertThat(fault(sign())).map(CallError::message).contains("the refresh token cannot be read");
        assertThat(transport.sent()).isEmpty();
    }

    @Test
    void a_fetch_that_nobody_ends_is_left() {
        kept.reading = new CompletableFuture<>();
        CompletableFuture<SignedRequest> signed = sign();
        timer.advance(Duration.ofSeconds(15));
        assertThat(fault(signed)).map(CallError::code).contains(CallErrorCode.AUTH_FAILED);
        kept.reading = CompletableFuture.completedFuture(null);
        timer.advance(Duration.ofSeconds(2));
        grants("one", "r1");
        assertThat(fault(sign())).isEmpty();
    }

    @Test
    void both_tries_at_an_endpoint_that_is_slow_share_a_deadline() {
        transport.ends(Duration.ofSeconds(9), new AttemptEnd.Answered(new Answer(503, List.of(), new byte[0])));
        transport.hangs();
        CompletableFuture<SignedRequest> signed = sign();
        timer.advance(Duration.ofMillis(9_500));
        assertThat(transport.sent()).hasSize(2);
        timer.advance(Duration.ofMillis(5_501));
        assertThat(fault(signed)).map(CallError::code).contains(CallErrorCode.AUTH_FAILED);
    }

    private CompletableFuture<SignedRequest> sign() {
        return sign(authenticator);
    }

    private CompletableFuture<SignedRequest> sign(Authenticator signer) {
        CompletableFuture<SignedRequest> signed =
                signer.sign(Calls.to(PROVIDER).credential(credential()).build()).toCompletableFuture();
        timer.advance(Duration.ZERO);
        return signed;
    }

    private static Optional<CallError> fault(CompletableFuture<SignedRequest> signed) {
        assertThat(signed).isDone();
        return signed.handle((value, fault) -> Optional.ofNullable(fault)
                        .map(why -> AuthenticationException.of(why).error()))
                .join();
    }

    private void grants(String token, String next) {
        String body = "{\"access_token\":\"%s\",\"refresh_token\":\"%s\"}".formatted(token, next);
        transport.ends(
                Duration.ZERO,
                new AttemptEnd.Answered(new Answer(200, List.of(), body.getBytes(StandardCharsets.UTF_8))));
    }

    private String body(int index) {
        return new String(transport.sent().get(index).message().body().orElseThrow(), StandardCharsets.UTF_8);
    }

    private static Credential credential() {
        TokenRequest request = new TokenRequest(
                HttpMethod.POST,
                ENDPOINT,
                Map.of(),
                Optional.of(new TokenRequest.Body(
                        BodyType.FORM, SecretText.of("{\"grant_type\":\"refresh_token\",\"refresh_token\":\"r\"}"))),
                Optional.empty(),
                new TokenPath(List.of("access_token")),
                TokenLifetime.of(Duration.ofHours(1)),
                Optional.empty());
        return new Credential(
                "k",
                new Authentication.Token(request, new TokenTarget.BearerHeader()),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Masker.NONE,
                true);
    }

    /** Keeps one token in memory, when it is let to. */
    private static final class Kept implements RefreshTokens {

        private SecretText token = SecretText.of("r0");
        private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);
        private CompletableFuture<Void> storing = CompletableFuture.completedFuture(null);
        private final List<String> replaced = new ArrayList<>();

        @Override
        public CompletionStage<Optional<SecretText>> latest(Sandbox sandbox, String credentialKey) {
            return reading.thenApply(done -> Optional.of(token));
        }

        @Override
        public CompletionStage<Boolean> replaced(
                Sandbox sandbox, String credentialKey, SecretText used, SecretText next) {
            replaced.add(used.reveal() + ">" + next.reveal());
            return storing.thenApply(done -> {
                boolean stands = token.equals(used);
                token = stands ? next : token;
                return stands;
            });
        }
    }
}
