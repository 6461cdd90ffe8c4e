package dev.onward.call.auth;

import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRequest;
import dev.onward.call.OutboundRequest;
import dev.onward.call.Timer;
import dev.onward.call.Transport;
import dev.onward.egress.Header;
import dev.onward.secret.Masker;
import dev.onward.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Signs requests with the credential of their call. Thread-safe; callable from an event loop: it never waits. */
public final class Authenticator {

    private final Tokens tokens;
    private final Clock clock;

    /**
     * An authenticator.
     *
     * @param transport for requests to the endpoints of tokens
     * @param refreshTokens keeps those that providers replace
     * @param clock for time stamps in signatures and assertions
     * @param userAgent {@code Onward/<version>}
     */
    public Authenticator(Transport transport, RefreshTokens refreshTokens, Timer timer, Clock clock, String userAgent) {
        this.tokens = new Tokens(new TokenFetch(transport, timer, clock, userAgent), refreshTokens, timer);
        this.clock = clock;
    }

    /**
     * Signs the message of a call.
     *
     * @return completes at once, unless a token has to be fetched first; fails with {@link AuthenticationException}
     *     alone, but by a bug: then nothing may be sent
     */
    public CompletionStage<SignedRequest> sign(CallRequest call) {
        Credential credential = call.credential();
        if (credential.unusable().isPresent()) {
            return failed(credential.unusable().get());
        }
        if (credential.authentication() instanceof Authentication.Token token) {
            return tokens.token(call, token.request()).thenCompose(held -> {
                Addition addition = token.target().addition(held.token().text().reveal());
                Masker masker =
                        credential.masker().and(Masker.of(List.of(held.token().text())));
                return signed(call, List.of(addition), masker, Optional.of(held));
            });
        }
        return signed(call, additions(call), credential.masker(), Optional.empty());
    }

    /** The message with what the credential will add to it, masked: for showing alone. */
    public static OutboundRequest preview(OutboundRequest message, Credential credential) {
        return credential.isNone() ? message : Additions.preview(message, credential);
    }

    /**
     * Hears that a provider answered 401.
     *
     * @return whether the same request, signed anew, may fare better
     */
    public boolean refused(CallRequest call, SignedRequest request) {
        return request.token().filter(token -> tokens.refused(call, token)).isPresent();
    }

    private List<Addition> additions(CallRequest call) {
        Authentication authentication = call.credential().authentication();
        if (authentication instanceof Authentication.Basic basic) {
            return List.of(header("Authorization", "Basic " + base64(basic)));
        }
        if (authentication instanceof Authentication.ApiKey key) {
            return List.of(key.target().addition(key.value().reveal()));
        }
        if (authentication instanceof Authentication.Bearer bearer) {
            return List.of(
                    new TokenTarget.BearerHeader().addition(bearer.token().reveal()));
        }
        if (authentication instanceof Authentication.Signature signature) {
            return MessageSignature.of(signature, call, clock.instant());
        }
        return List.of();
    }

    private static CompletionStage<SignedRequest> signed(
            CallRequest call, List<Addition> additions, Masker masker, Optional<TokenSlot.Held> held) {
        Credential credential = call.credential();
        List<Addition> all = new ArrayList<>(additions);
        credential.headers().forEach((name, value) -> all.add(header(name, value.reveal())));
        credential.query().forEach((name, value) -> all.add(new Addition.OfQuery(name, value.reveal())));
        Optional<OutboundRequest> message = Additions.to(call.message(), all);
        if (message.isEmpty()) {
            return failed(new CallError(
                    CallErrorCode.REQUEST_INVALID, "the URL gets too long with the query parameter of the credential"));
        }
        return CompletableFuture.completedStage(new SignedRequest(
                message.get(), masker, held.map(TokenSlot.Held::token), held.flatMap(TokenSlot.Held::exchange)));
    }

    private static String base64(Authentication.Basic basic) {
        SecretText password = basic.password();
        String pair = basic.username() + ":" + password.reveal();
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static Addition header(String name, String value) {
        return new Addition.OfHeader(new Header(name, value));
    }

    private static CompletionStage<SignedRequest> failed(CallError error) {
        return CompletableFuture.failedStage(new AuthenticationException(error, Optional.empty()));
    }
}
