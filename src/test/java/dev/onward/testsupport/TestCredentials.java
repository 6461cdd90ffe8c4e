package dev.onward.testsupport;

import dev.onward.call.HttpMethod;
import dev.onward.call.auth.Authentication;
import dev.onward.call.auth.Credential;
import dev.onward.call.auth.TokenLifetime;
import dev.onward.call.auth.TokenPath;
import dev.onward.call.auth.TokenRequest;
import dev.onward.call.auth.TokenTarget;
import dev.onward.egress.BodyType;
import dev.onward.egress.Destination;
import dev.onward.egress.Scheme;
import dev.onward.secret.Masker;
import dev.onward.secret.SecretText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Credentials for calls. */
public final class TestCredentials {

    /** Where tokens are fetched. */
    public static final Destination TOKEN_ENDPOINT =
            new Destination(Scheme.HTTPS, "login.example.com", 443, "/token", "");

    private TestCredentials() {}

    /** One whose token is fetched from {@link #TOKEN_ENDPOINT}. */
    public static Credential token() {
        TokenRequest request = new TokenRequest(
                HttpMethod.POST,
                TOKEN_ENDPOINT,
                Map.of(),
                Optional.of(new TokenRequest.Body(BodyType.FORM, SecretText.of("{\"grant_type\":\"x\"}"))),
                Optional.empty(),
                new TokenPath(List.of("access_token")),
                TokenLifetime.at(new TokenPath(List.of("expires_in")), Duration.ofSeconds(1)),
                Optional.empty());
        return of(new Authentication.Token(request, new TokenTarget.BearerHeader()));
    }

    public static Credential of(Authentication authentication) {
        return new Credential(
                "k", authentication, Map.of(), Map.of(), Optional.empty(), Optional.empty(), Masker.NONE, false);
    }
}
