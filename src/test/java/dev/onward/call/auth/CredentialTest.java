package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.secret.SecretText;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.Engines;
import dev.onward.testsupport.FakeTimer;
import dev.onward.testsupport.ScriptedTransport;
import dev.onward.testsupport.TestCredentials;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialTest {

    private final FakeTimer timer = new FakeTimer();
    private final Authenticator authenticator =
            Engines.authenticator(new ScriptedTransport(timer), timer, Clock.systemUTC());
    private final Credential credential =
            TestCredentials.of(new Authentication.Basic("Aladdin", SecretText.of("open-sesame")));

    @Test
    void its_text_for_a_log_is_its_key() {
        assertThat(credential).hasToString("Credential[k]");
    }

    @Test
    void a_request_that_it_signed_shows_its_host_alone() {
        assertThat(authenticator
                        .sign(Calls.to(80).credential(credential).build())
                        .toCompletableFuture())
                .isCompletedWithValueMatching(signed -> signed.toString().equals("SignedRequest[provider.test]"));
    }

    @Test
    void further_secrets_are_masked_like_its_own() {
        Credential more = credential.with(
                Map.of("X-Tenant", SecretText.of("tenant-secret")), Map.of("sig", SecretText.of("query-secret")));

        assertThat(more.masker().mask("tenant-secret or query-secret")).isEqualTo("*** or ***");
    }
}
