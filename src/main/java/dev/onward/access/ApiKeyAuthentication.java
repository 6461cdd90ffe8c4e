package dev.onward.access;

import dev.onward.listener.FailedLogins;
import dev.onward.listener.RateLimitedException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Recognises {@code Authorization: Bearer <api key>} (RFC 6750 §2.1). From an address that sent many unknown keys only a
 * key that was seen lately is taken, so that guessing reaches neither a key nor the database.
 */
@ApplicationScoped
class ApiKeyAuthentication implements HttpAuthenticationMechanism {

    /** The attribute of the identity that holds the {@link ApiKey}. */
    static final String KEY_ATTRIBUTE = "onward.api-key";

    private static final String SCHEME = "Bearer ";
    private static final int UNAUTHORIZED = 401;

    private final ApiKeys keys;
    private final FailedLogins failedLogins;

    ApiKeyAuthentication(ApiKeys keys, FailedLogins failedLogins) {
        this.keys = keys;
        this.failedLogins = failedLogins;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager ignored) {
        String header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Uni.createFrom().optional(Optional.empty());
        }
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().failure(new AuthenticationFailedException("the scheme must be Bearer"));
        }
        String text = header.substring(SCHEME.length()).strip();
        String address = request.request().remoteAddress().hostAddress();
        Optional<Duration> delay = failedLogins.delay(address);
        if (delay.isPresent() && !keys.remembers(text)) {
            return Uni.createFrom().failure(guessing(delay.get()));
        }
        return recognised(text, request.vertx().getOrCreateContext())
                .map(key -> identity(key.orElseThrow(() -> unknown(address))));
    }

    private AuthenticationFailedException unknown(String address) {
        return failedLogins
                .count(address)
                .map(ApiKeyAuthentication::guessing)
                .orElseGet(() -> new AuthenticationFailedException("unknown API key"));
    }

    private static AuthenticationFailedException guessing(Duration delay) {
        return new AuthenticationFailedException(
                new RateLimitedException("too many requests with an unknown API key came from this address", delay));
    }

    /** A key that had to be looked up comes on another thread; the request goes on where it belongs. */
    private Uni<Optional<ApiKey>> recognised(String text, Context home) {
        CompletableFuture<Optional<ApiKey>> key = keys.recognise(text).toCompletableFuture();
        Uni<Optional<ApiKey>> found = Uni.createFrom().completionStage(key);
        return key.isDone() ? found : found.emitOn(work -> home.runOnContext(ignored -> work.run()));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().item(new ChallengeData(UNAUTHORIZED, "WWW-Authenticate", "Bearer"));
    }

    private static SecurityIdentity identity(ApiKey key) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(key.id()))
                .addRole(key.role().wireName())
                .addAttribute(KEY_ATTRIBUTE, key)
                .build();
    }
}
